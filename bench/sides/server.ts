import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";

/** Answers `begin` and `end`, the latter with the CPU in microseconds that this process took between them. */
export const cpuMeter = {
  begin: (): void => {
    atBegin = process.cpuUsage();
  },
  end: (): number => {
    const { user, system } = process.cpuUsage(atBegin);
    return user + system;
  },
};

let atBegin = process.cpuUsage();

/** Listens on a free port of loopback. */
export async function listen(server: Server): Promise<number> {
  server.listen({ port: 0, host: "127.0.0.1", backlog: 8192 });
  await once(server, "listening");
  return (server.address() as AddressInfo).port; // A server that listens on a port has such an address.
}
