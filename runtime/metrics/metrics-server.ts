import { createServer } from "node:http";
import type { MetricsConfig } from "../config/metrics-config.js";
import { answerHealth, type Readiness } from "../gateway/health.js";
import { addressOf, closeServer, listen } from "../gateway/listening.js";
import type { Logger } from "../module/logger.js";

/** What a metrics server tells, and how. */
export interface MetricsServerOptions {
  readonly config: MetricsConfig;
  readonly readiness: Readiness;
  /** The metrics, as Prometheus reads them. */
  readonly text: () => Promise<string>;
  readonly log: Logger;
}

/** A port that is for those who run the game, not for players. */
export interface MetricsServer {
  readonly address: string;
  close(): Promise<void>;
}

/** Milliseconds for a request. */
const requestTimeout = 5_000;

/** Connections at a time. A handful of watchers need no more. */
const maxConnections = 100;

/** Opens the port. Rejects with Node's error where it is taken. */
export async function openMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  const { config, readiness, text, log } = options;
  const server = createServer(
    { headersTimeout: requestTimeout, requestTimeout, connectionsCheckingInterval: 1_000 },
    answerHealth(readiness, (request, response) => {
      if (request.url?.split("?", 1)[0] !== "/metrics") {
        response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found\n");
        return;
      }
      text().then(
        (body) =>
          response.writeHead(200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" }).end(body),
        (err: unknown) => {
          log.error({ err }, "The metrics could not be told");
          response.writeHead(500, { "Content-Type": "text/plain" }).end("The metrics could not be told\n");
        },
      );
    }),
  );
  server.maxConnections = maxConnections;
  const { host = "127.0.0.1" } = config;
  const port = await listen(server, config.port, host);
  return {
    address: addressOf("http", host, port),
    async close() {
      const closed = closeServer(server);
      server.closeAllConnections();
      await closed;
    },
  };
}
