import type { Socket } from "node:net";
import type { Transport, TransportListener } from "./transport.js";

/** MQTT over a TCP socket. */
export class TcpTransport implements Transport {
  readonly address: string;
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.address = socket.remoteAddress ?? "";
    this.#socket = socket;
  }

  listen(listener: TransportListener): void {
    this.#socket.on("data", (bytes) => listener.onBytes(bytes));
    this.#socket.on("close", () => listener.onClosed());
    // A reset by the client, mostly. "close" follows and says all that matters.
    this.#socket.on("error", () => {});
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
