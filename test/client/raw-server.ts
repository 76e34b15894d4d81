import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import mqttPacket, { type Packet } from "mqtt-packet";
import { WebSocketServer } from "ws";

/** One client of a {@link RawServer}. */
export interface RawConnection {
  /** Chunks from the socket, or messages of the WebSocket, as they came. */
  readonly chunks: Buffer[];
  readonly packets: Packet[];
  /** Whether the client has ended it. */
  ended: boolean;
  /** Sends bytes, which need not be MQTT. */
  send(bytes: Uint8Array): void;
  /** Reads nothing more. */
  pause(): void;
  /** Breaks it, as a network does. */
  cut(): void;
}

/** What a server does that speaks only when told to. */
export interface RawServer {
  readonly url: string;
  readonly connections: RawConnection[];
  stop(): Promise<void>;
}

export const connack = Uint8Array.of(0x20, 2, 0, 0);

/** Starts a server that shows what clients send, and answers as the test says. */
export async function startRawServer(
  transport: "tcp" | "ws",
  onPacket: (packet: Packet, connection: RawConnection) => void = acceptAll,
): Promise<RawServer> {
  const connections: RawConnection[] = [];
  const open = (controls: Controls) => {
    const connection: RawConnection = { chunks: [], packets: [], ended: false, ...controls };
    const parser = mqttPacket.parser();
    parser.on("packet", (packet) => {
      connection.packets.push(packet);
      onPacket(packet, connection);
    });
    connections.push(connection);
    return {
      connection,
      take(chunk: Buffer) {
        connection.chunks.push(chunk);
        parser.parse(chunk);
      },
    };
  };
  return transport === "tcp" ? startTcp(connections, open) : startWebSocket(connections, open);
}

export function acceptAll(packet: Packet, connection: RawConnection): void {
  if (packet.cmd === "connect") connection.send(connack);
}

type Controls = Pick<RawConnection, "send" | "pause" | "cut">;

type Open = (controls: Controls) => {
  connection: RawConnection;
  take(chunk: Buffer): void;
};

async function startTcp(connections: RawConnection[], open: Open): Promise<RawServer> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    const { connection, take } = open({
      send: (bytes) => socket.write(bytes),
      pause: () => socket.pause(),
      cut: () => socket.resetAndDestroy(),
    });
    socket.on("data", take);
    socket.on("error", () => {}); // Clients that give a server up may reset it.
    socket.on("end", () => {
      connection.ended = true;
    });
    socket.on("close", () => {
      connection.ended = true;
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

async function startWebSocket(connections: RawConnection[], open: Open): Promise<RawServer> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", (webSocket) => {
    const { connection, take } = open({
      send: (bytes) => webSocket.send(bytes),
      pause: () => webSocket.pause(),
      cut: () => webSocket.terminate(),
    });
    webSocket.on("message", (data) => take(data as Buffer)); // What `ws` gives unless told otherwise.
    webSocket.on("close", () => {
      connection.ended = true;
    });
  });
  await once(server, "listening");
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt`,
    connections,
    async stop() {
      for (const webSocket of server.clients) webSocket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}
