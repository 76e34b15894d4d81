import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";

const path = "/mqtt";

/** [MQTT-6.0.0-3] The client offers `mqtt`; clients of MQTT 3.1 call it `mqttv3.1`. */
const subprotocols = ["mqtt", "mqttv3.1"];

/** Turns upgrades of the page's HTTP server into WebSockets that speak MQTT. */
export class WebSocketDoor {
  readonly #server: WebSocketServer;
  readonly #onSocket: (socket: WebSocket, address: string) => void;

  /** @param maxFrame bytes of one frame, which may hold several packets */
  constructor(maxFrame: number, onSocket: (socket: WebSocket, address: string) => void) {
    this.#onSocket = onSocket;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      // Packets are small, and a compressor would keep some hundred kilobytes for each connection.
      perMessageDeflate: false,
      maxPayload: maxFrame,
      handleProtocols: (offered) => subprotocols.find((protocol) => offered.has(protocol)) ?? false,
    });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A client that goes away meanwhile: "close" follows, and nothing is kept for it yet.
    socket.on("error", () => {});
    if (request.url?.split("?", 1)[0] !== path) {
      refuse(socket, 404);
      return;
    }
    const offered = request.headers["sec-websocket-protocol"]?.split(",") ?? [];
    if (!offered.some((protocol) => subprotocols.includes(protocol.trim()))) {
      refuse(socket, 400);
      return;
    }
    // It refuses what is malformed by itself.
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      this.#onSocket(webSocket, request.socket.remoteAddress ?? "");
    });
  }
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
