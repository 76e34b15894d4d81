import type { Socket } from "node:net";
import type { Peer } from "./peer.js";
import type { Transport, TransportListener } from "./transport.js";

/** MQTT over a TCP socket. */
export class TcpTransport implements Transport {
  readonly peer: Peer;
  readonly #socket: Socket;

  constructor(socket: Socket, peer: Peer) {
    this.peer = peer;
    this.#socket = socket;
  }

  listen(listener: TransportListener): void {
    this.#socket.on("data", (bytes) => listener.onBytes(bytes));
    this.#socket.on("close", () => listener.onClosed());
    // A reset by the client, mostly. "close" follows and says all that matters.
    this.#socket.on("error", ignore);
  }

  get address(): string {
    return this.peer.address;
  }

  get queuedBytes(): number {
    return this.#socket.writableLength;
  }

  write(bytes: Uint8Array, onSent?: () => void): void {
    this.#socket.write(bytes, onSent);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.destroySoon();
  }

  destroy(): void {
    this.#socket.destroy();
  }
}

function ignore(): void {}
