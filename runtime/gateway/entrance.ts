import type { Server, Socket } from "node:net";
import { plainAddress } from "./address-key.js";
import type { Arrivals } from "./arrivals.js";
import { readProxyHeader } from "./proxy-header.js";
import type { Refusals } from "./refusals.js";
import type { TrustedProxies } from "./trusted-proxies.js";

/** What an entrance works with. */
export interface EntranceOptions {
  readonly arrivals: Arrivals;
  readonly refusals: Refusals;
  readonly proxies: TrustedProxies;
  /** Milliseconds that a proxy has for its header. */
  readonly headerTime: number;
}

/** Looks at every connection before anything else does: before TLS, which costs a thousand times more. */
export class Entrance {
  readonly #options: EntranceOptions;
  /** Clients' addresses that proxies have told, by the proxies' own addresses and ports. */
  readonly #told = new Map<string, string>();
  /** One for all connections. */
  readonly #leave = (): void => this.#options.arrivals.leave();

  constructor(options: EntranceOptions) {
    this.#options = options;
  }

  /** Puts itself before a server. Trusted proxies speak the PROXY protocol to it, or they do not. */
  guard(server: Server, hasProxyHeader: boolean): void {
    // What the server itself does with a connection, in its kind's own way: as HTTP, as TLS.
    const takers = server.listeners("connection");
    server.removeAllListeners("connection");
    server.on("connection", (socket: Socket) => {
      this.#enter(socket, hasProxyHeader, () => {
        for (const take of takers) take.call(server, socket);
      });
    });
  }

  /** The client's address, as far as the entrance knows. */
  addressOf(socket: Socket): string {
    return this.#told.get(endpointOf(socket)) ?? plainAddress(socket.remoteAddress ?? "");
  }

  #enter(socket: Socket, hasProxyHeader: boolean, goOn: () => void): void {
    const { arrivals, proxies } = this.#options;
    const address = plainAddress(socket.remoteAddress ?? "");
    if (!arrivals.enter(address)) {
      socket.destroy();
      return;
    }
    // It comes once, and `once` would keep two more objects for each connection.
    socket.on("close", this.#leave);
    if (!proxies.has(address)) this.#enterFrom(address, socket, goOn);
    else if (hasProxyHeader) this.#readHeader(socket, address, goOn);
    else goOn();
  }

  #enterFrom(address: string, socket: Socket, goOn: () => void): void {
    const leave = this.#options.arrivals.enterFrom(address);
    if (leave === false) {
      socket.destroy();
      return;
    }
    socket.on("close", leave);
    goOn();
  }

  #readHeader(socket: Socket, proxy: string, goOn: () => void): void {
    const { headerTime, refusals } = this.#options;
    let bytes: Buffer = Buffer.alloc(0);
    const end = () => {
      clearTimeout(timer);
      socket.off("readable", read).off("error", end).off("close", end);
    };
    const refuse = () => {
      end();
      refusals.note("proxy-header", proxy);
      socket.destroy();
    };
    const read = () => {
      const chunk: Buffer | null = socket.read();
      if (chunk === null) return;
      bytes = Buffer.concat([bytes, chunk]);
      const header = readProxyHeader(bytes);
      if (header === undefined) return;
      if (header === false) return refuse();
      end();
      if (bytes.length > header.length) socket.unshift(bytes.subarray(header.length));
      if (header.address === undefined) goOn();
      else this.#enterFrom(this.#remember(socket, plainAddress(header.address)), socket, goOn);
    };
    const timer = setTimeout(refuse, headerTime);
    socket.on("readable", read).on("error", end).on("close", end);
  }

  #remember(socket: Socket, address: string): string {
    const endpoint = endpointOf(socket);
    this.#told.set(endpoint, address);
    socket.once("close", () => this.#told.delete(endpoint));
    return address;
  }
}

/** What is unique among open connections; a socket inside TLS has the same as the one around it. */
function endpointOf(socket: Socket): string {
  return `${socket.localPort} ${socket.remotePort} ${socket.remoteAddress}`;
}
