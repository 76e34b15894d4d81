import type { WebSocket } from "ws";
import type { Transport, TransportListener } from "./transport.js";

/** MQTT over a WebSocket: one frame for each write. */
export class WebSocketTransport implements Transport {
  readonly address: string;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket, address: string) {
    this.address = address;
    this.#socket = socket;
  }

  listen(listener: TransportListener): void {
    this.#socket.on("message", (data, isBinary) => {
      // [MQTT-6.0.0-1] Frames are binary. 1003 says that this kind of data is not accepted.
      if (!isBinary || !Buffer.isBuffer(data)) this.#socket.close(1003);
      else listener.onBytes(data);
    });
    this.#socket.on("close", () => listener.onClosed());
    // A violation of the protocol, or a reset. "close" follows and says all that matters.
    this.#socket.on("error", () => {});
  }

  get queuedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  write(bytes: Uint8Array, onSent?: () => void): void {
    this.#socket.send(bytes, onSent);
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    this.#socket.close(1000);
  }

  destroy(): void {
    this.#socket.terminate();
  }
}
