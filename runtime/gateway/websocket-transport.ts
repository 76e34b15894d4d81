import type { WebSocket } from "ws";
import type { Peer } from "./peer.js";
import type { Transport, TransportListener } from "./transport.js";

/** MQTT over a WebSocket: one frame for each write. */
export class WebSocketTransport implements Transport {
  readonly peer: Peer;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket, peer: Peer) {
    this.peer = peer;
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

  get address(): string {
    return this.peer.address;
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
