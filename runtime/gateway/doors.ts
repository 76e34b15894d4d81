import { createServer as createHttpServer, type Server as HttpServer, type IncomingMessage } from "node:http";
import { createServer as createHttpsServer, type Server as HttpsServer } from "node:https";
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from "node:net";
import { createServer as createTlsServer, TLSSocket, type Server as TlsServer } from "node:tls";
import type { Addresses, GatewayConfig } from "../config/config.js";
import type { GatewayLimits } from "../config/gateway-limits.js";
import type { Logger } from "../module/logger.js";
import { Arrivals } from "./arrivals.js";
import { Entrance } from "./entrance.js";
import { readForwarded } from "./forwarded.js";
import { answerHealth, type Readiness } from "./health.js";
import { answerFaults } from "./http-fault.js";
import { addressOf, closeServer, listen } from "./listening.js";
import { Origins } from "./origins.js";
import { servePage } from "./page.js";
import type { Peer } from "./peer.js";
import type { Refusals } from "./refusals.js";
import { TcpTransport } from "./tcp-transport.js";
import { TlsIdentity } from "./tls-identity.js";
import type { Transport } from "./transport.js";
import { TrustedProxies } from "./trusted-proxies.js";
import { WebSocketDoor } from "./websocket-door.js";
import { WebSocketTransport } from "./websocket-transport.js";

/** What the ports need. */
export interface DoorsOptions {
  readonly config: GatewayConfig;
  readonly limits: GatewayLimits;
  readonly log: Logger;
  readonly refusals: Refusals;
  readonly readiness: Readiness;
  readonly receive: (transport: Transport) => void;
}

// The system finds out about clients that vanish without having promised signs of life.
const socketOptions = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 } as const;

/** The ports: MQTT over TCP, and the page with MQTT over WebSocket; both over TLS, or neither. */
export class Doors {
  readonly #config: GatewayConfig;
  readonly #mqtt: TcpServer | TlsServer;
  readonly #http: HttpServer | HttpsServer;
  readonly #tls: { readonly identity: TlsIdentity; readonly servers: readonly TlsServer[] } | undefined;
  #shut: Promise<unknown> | undefined = undefined;

  /** @throws ConfigError */
  constructor({ config, limits, log, refusals, readiness, receive }: DoorsOptions) {
    this.#config = config;
    const { proxyProtocol = [], trustedProxies = [] } = config;
    const proxies = new TrustedProxies(trustedProxies);
    const arrivals = new Arrivals(limits, refusals);
    const entrance = new Entrance({ arrivals, refusals, proxies, headerTime: limits.connectMs });
    const peerOf = (socket: Socket): Peer => ({
      address: entrance.addressOf(socket),
      isSecure: socket instanceof TLSSocket,
      certificate: certificateOf(socket),
    });
    const door = new WebSocketDoor({
      // A frame may hold several packets. More than this at once nobody needs to be able to send.
      maxFrame: limits.packetBytes * 2,
      origins: new Origins(config.origins),
      arrivals,
      refusals,
      whence({ headers, socket }: IncomingMessage) {
        const peer = peerOf(socket);
        const forwarded = readForwarded(headers, peer, proxies);
        const isForwarded = forwarded.address !== peer.address;
        return { ...peer, ...forwarded, origin: headers.origin, isForwarded };
      },
      onSocket: (socket, peer) => receive(new WebSocketTransport(socket, peer)),
    });
    const onSocket = (socket: Socket) => receive(new TcpTransport(socket, peerOf(socket)));
    const onRequest = answerHealth(readiness, servePage(config.page, log));
    const httpOptions = {
      ...socketOptions,
      headersTimeout: limits.connectMs,
      requestTimeout: limits.connectMs,
      connectionsCheckingInterval: 1_000,
    };
    if (config.tls === undefined) {
      this.#tls = undefined;
      this.#mqtt = createTcpServer(socketOptions, onSocket);
      this.#http = createHttpServer(httpOptions, onRequest);
    } else {
      const identity = new TlsIdentity(config.tls, log);
      const tlsOptions = identity.options(limits.connectMs);
      const mqtt = createTlsServer({ ...socketOptions, ...tlsOptions }, onSocket);
      const http = createHttpsServer({ ...httpOptions, ...tlsOptions }, onRequest);
      for (const server of [mqtt, http]) {
        server.on("tlsClientError", (error, socket) => {
          refusals.note("tls", entrance.addressOf(socket), { error: error.message });
          socket.destroy(); // Node leaves one open whose handshake took too long.
        });
      }
      this.#mqtt = mqtt;
      this.#http = http;
      this.#tls = { identity, servers: [mqtt, http] };
    }
    this.#http.on("upgrade", (request, socket, head) => door.upgrade(request, socket, head));
    answerFaults(this.#http, refusals, (socket) => entrance.addressOf(socket));
    entrance.guard(this.#mqtt, proxyProtocol.includes("mqtt"));
    entrance.guard(this.#http, proxyProtocol.includes("http"));
  }

  /** Rejects with Node's error where a port is taken. What had been opened is then to be closed. */
  async open(): Promise<Addresses> {
    const isSecure = this.#tls !== undefined;
    const { host = "127.0.0.1", mqtt = isSecure ? 8883 : 1883, http = isSecure ? 8443 : 8080 } = this.#config;
    await this.#tls?.identity.present(...this.#tls.servers);
    const suffix = isSecure ? "s" : "";
    return {
      mqtt: addressOf(`mqtt${suffix}`, host, await listen(this.#mqtt, mqtt, host)),
      http: addressOf(`http${suffix}`, host, await listen(this.#http, http, host)),
    };
  }

  /** Lets nobody in any more. */
  shut(): void {
    this.#tls?.identity.stop();
    this.#shut ??= Promise.all([closeServer(this.#mqtt), closeServer(this.#http)]);
  }

  /** Resolves when everybody who came in has gone. Downloads of the page do not get to their end. */
  async close(): Promise<void> {
    this.shut();
    this.#http.closeAllConnections();
    await this.#shut;
  }
}

/** A certificate that nobody vouches for proves nothing. */
function certificateOf(socket: Socket): Peer["certificate"] {
  return socket instanceof TLSSocket && socket.authorized ? socket.getPeerX509Certificate() : undefined;
}
