import { once } from "node:events";
import net, { type AddressInfo, type Socket } from "node:net";

/** A stretch of network between a client and a server, which a test can break. */
export interface Network {
  /** Where the client connects. */
  readonly port: number;
  /** Breaks all connections, as a change of networks does. */
  cut(): void;
  /** Swallows all bytes from now on, both ways, and leaves the sockets open; new connections fare better. */
  freeze(): void;
  close(): Promise<void>;
}

export async function startNetwork(serverPort: number): Promise<Network> {
  const sockets = new Set<Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(serverPort, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      from.on("error", () => {}); // Cut by the test.
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port, // It listens on TCP.
    cut,
    freeze() {
      for (const socket of sockets) socket.unpipe().on("data", () => {});
    },
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
