import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Arrivals } from "./arrivals.js";
import { endWith } from "./http-fault.js";
import type { Origins } from "./origins.js";
import type { Peer } from "./peer.js";
import type { Refusals } from "./refusals.js";

const path = "/mqtt";

/** [MQTT-6.0.0-3] The client offers `mqtt`; clients of MQTT 3.1 call it `mqttv3.1`. */
const subprotocols = ["mqtt", "mqttv3.1"];

/** What a door for WebSockets works with. */
export interface WebSocketDoorOptions {
  /** Bytes of one frame, which may hold several packets. */
  readonly maxFrame: number;
  readonly origins: Origins;
  readonly arrivals: Arrivals;
  readonly refusals: Refusals;
  /** Who sends a request, and whether a proxy sends it for somebody else. */
  readonly whence: (request: IncomingMessage) => Peer & { readonly isForwarded: boolean };
  readonly onSocket: (socket: WebSocket, peer: Peer) => void;
}

/** Turns upgrades of the page's HTTP server into WebSockets that speak MQTT. */
export class WebSocketDoor {
  readonly #server: WebSocketServer;
  readonly #options: WebSocketDoorOptions;

  constructor(options: WebSocketDoorOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      // Packets are small, and a compressor would keep some hundred kilobytes for each connection.
      perMessageDeflate: false,
      maxPayload: options.maxFrame,
      handleProtocols: (offered) => subprotocols.find((protocol) => offered.has(protocol)) ?? false,
    });
    this.#server.on("wsClientError", (error, socket, request) => {
      options.refusals.note("http", options.whence(request).address, { error: error.message });
      endWith(socket, 400);
    });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { arrivals, onSocket, origins, refusals, whence } = this.#options;
    // A client that goes away meanwhile: "close" follows, and nothing is kept for it yet.
    socket.on("error", () => {});
    const peer = whence(request);
    const { address, isSecure } = peer;
    if (request.url?.split("?", 1)[0] !== path) {
      endWith(socket, 404);
      return;
    }
    const offered = request.headers["sec-websocket-protocol"]?.split(",") ?? [];
    if (!offered.some((protocol) => subprotocols.includes(protocol.trim()))) {
      refusals.note("http", address, { error: "the subprotocol mqtt was not offered" });
      endWith(socket, 400);
      return;
    }
    if (!origins.allow(request, isSecure)) {
      refusals.note("origin", address, { origin: peer.origin });
      endWith(socket, 403);
      return;
    }
    const leave = peer.isForwarded && arrivals.enterFrom(address);
    if (peer.isForwarded && leave === false) {
      endWith(socket, 503);
      return;
    }
    if (leave !== false) socket.once("close", leave);
    // It refuses what is malformed by itself.
    this.#server.handleUpgrade(request, socket, head, (webSocket) => onSocket(webSocket, peer));
  }
}
