import type { AddressInfo, Server } from "node:net";

/** Listens, and resolves with the port. Rejects as Node does, with `code` and `port`, where it cannot. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(portOf(server));
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (!isAddressInfo(address)) throw new TypeError("a server that listens on a port has an address");
  return address.port;
}

function isAddressInfo(address: ReturnType<Server["address"]>): address is AddressInfo {
  return typeof address === "object" && address !== null;
}

/** Stops listening. Resolves when the last connection is gone; at once if it does not listen. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // The only error is that it does not listen.
    server.close(() => resolve());
  });
}

/** The address to connect to: one that listens everywhere is reached on loopback, too. */
export function addressOf(scheme: string, host: string, port: number): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `${scheme}://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}
