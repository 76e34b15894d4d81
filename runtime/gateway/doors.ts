import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { createServer as createTcpServer, type Server } from "node:net";
import type { Addresses, GatewayConfig } from "../config/config.js";
import type { GatewayLimits } from "../config/gateway-limits.js";
import type { Logger } from "../module/logger.js";
import { addressOf, closeServer, listen } from "./listening.js";
import { servePage } from "./page.js";
import { TcpTransport } from "./tcp-transport.js";
import type { Transport } from "./transport.js";
import { WebSocketDoor } from "./websocket-door.js";
import { WebSocketTransport } from "./websocket-transport.js";

/** Milliseconds for the headers of an HTTP request, and for the rest of it. */
const requestTimeout = 5_000;

/** The ports: MQTT over TCP, and the page with MQTT over WebSocket. */
export class Doors {
  readonly #config: GatewayConfig;
  readonly #tcp: Server;
  readonly #http: HttpServer;
  #shut: Promise<unknown> | undefined = undefined;

  constructor(
    config: GatewayConfig,
    limits: GatewayLimits,
    log: Logger,
    receive: (transport: Transport) => void,
  ) {
    this.#config = config;
    this.#tcp = createTcpServer(
      // The system finds out about clients that vanish without having promised signs of life.
      { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 },
      (socket) => receive(new TcpTransport(socket)),
    );
    // A frame may hold several packets. More than this at once nobody needs to be able to send.
    const door = new WebSocketDoor(limits.packetBytes * 2, (socket, address) =>
      receive(new WebSocketTransport(socket, address)),
    );
    this.#http = createHttpServer(
      {
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: 60_000,
        headersTimeout: requestTimeout,
        requestTimeout,
        connectionsCheckingInterval: 1_000,
      },
      servePage(config.page, log),
    );
    this.#http.maxConnections = limits.sessions + limits.connecting;
    this.#http.on("upgrade", (request, socket, head) => door.upgrade(request, socket, head));
  }

  /** Rejects with Node's error where a port is taken. What had been opened is then to be closed. */
  async open(): Promise<Addresses> {
    const { host = "127.0.0.1", mqtt = 1883, http = 8080 } = this.#config;
    return {
      mqtt: addressOf("mqtt", host, await listen(this.#tcp, mqtt, host)),
      http: addressOf("http", host, await listen(this.#http, http, host)),
    };
  }

  /** Lets nobody in any more. */
  shut(): void {
    this.#shut ??= Promise.all([closeServer(this.#tcp), closeServer(this.#http)]);
  }

  /** Resolves when everybody who came in has gone. Downloads of the page do not get to their end. */
  async close(): Promise<void> {
    this.shut();
    this.#http.closeAllConnections();
    await this.#shut;
  }
}
