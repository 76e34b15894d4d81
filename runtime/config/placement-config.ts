import type { MetricsConfig } from "./metrics-config.js";

/** What one thread runs. */
export interface ThreadConfig<Key extends string = string> {
  /** The modules on it, in the order of starting. */
  readonly modules?: readonly Key[];
  /** Whether players connect here. One thread of a process can have the gateway. */
  readonly gateway?: boolean;
  /** How many threads of this kind there are, which share the calls to their modules; default 1. */
  readonly instances?: number;
}

/** What one process runs. */
export interface ProcessConfig<Key extends string = string> {
  /** The modules on its main thread, in the order of starting. */
  readonly modules?: readonly Key[];
  /** Whether players connect to its main thread; an object says where, instead of what the config's `gateway` says. */
  readonly gateway?: boolean | GatewayPorts;
  /** Its worker threads. */
  readonly threads?: readonly ThreadConfig<Key>[];
  /** False for a process that runs everything and is not to meet others, so that it needs no broker. */
  readonly amqp?: false;
  /** Where it tells metrics and health, instead of what the config's `metrics` says; false for nowhere. */
  readonly metrics?: MetricsConfig | false;
}

/** Where a gateway listens. */
export interface GatewayPorts {
  /** The address to listen on; default `127.0.0.1`. */
  readonly host?: string;
  /** The port of MQTT over TCP; 0 for any free one; default 1883, with `tls` 8883. */
  readonly mqtt?: number;
  /** The port of the page and of MQTT over WebSocket (path `/mqtt`); 0 for any free one; default 8080, with `tls` 8443. */
  readonly http?: number;
}

/** How processes reach each other: RabbitMQ. */
export interface AmqpConfig {
  /**
   * Addresses of one broker or of the nodes of its cluster, tried in turn, such as
   * `amqps://user:password@host:5671/vhost`.
   */
  readonly url: string | readonly string[];
  /** The first part of all names at the broker, so that applications can share one; default `antwire`. */
  readonly application?: string;
  /** Messages that a module may have in hand; default 256. A message has up to 32 calls. */
  readonly prefetch?: number;
}
