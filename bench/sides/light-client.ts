import { connect, type Socket } from "node:net";
import { generate } from "mqtt-packet";

// Frames are encoded beforehand and answers are only told apart: a client that costs as much as the
// server would be what is measured.

/** Hears of each packet: its first byte, and where in `bytes` its body (what follows the length) begins and ends. */
type PacketListener = (first: number, bytes: Buffer, body: number, end: number) => void;

/** An MQTT client that does next to nothing. */
export interface LightClient {
  readonly socket: Socket;
  onPacket: PacketListener;
  /** Runs after all packets that came at once. */
  onChunkEnd: () => void;
}

/**
 * Connects, and resolves once the server has accepted.
 *
 * @param localAddress where the connection comes from
 */
export async function connectLightly(
  port: number,
  clientId: string,
  localAddress = "127.0.0.1",
): Promise<LightClient> {
  const socket = connect({ port, host: "127.0.0.1", localAddress, noDelay: true });
  const client: LightClient = { socket, onPacket: () => {}, onChunkEnd: () => {} };
  socket.on("data", splitPackets(client));
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`${clientId} was disconnected`)));
    client.onPacket = (first, bytes, body) => {
      if (first === 0x20 && bytes[body + 1] === 0) resolve();
      else reject(new Error(`${clientId} was not accepted`));
    };
    socket.write(
      generate({
        cmd: "connect",
        protocolId: "MQTT",
        protocolVersion: 4,
        clientId,
        clean: true,
        keepalive: 0,
      }),
    );
  });
  socket.on("close", () => {
    throw new Error(`${clientId} was disconnected`); // Nothing waits for it in particular: end the process.
  });
  return client;
}

function splitPackets(client: LightClient): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    while (start < bytes.length) {
      let body = start + 1;
      let length = 0;
      let byte = 0x80;
      for (let shift = 0; byte >= 0x80 && body < bytes.length; shift += 7) {
        byte = bytes[body++] ?? 0;
        length += (byte & 0x7f) << shift;
      }
      const end = body + length;
      if (byte >= 0x80 || end > bytes.length) break;
      client.onPacket(bytes[start] ?? 0, bytes, body, end);
      start = end;
    }
    rest = bytes.subarray(start);
    client.onChunkEnd();
  };
}
