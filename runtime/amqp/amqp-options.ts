import type { NodeId } from "../transport/transport.js";

/** Where the transport tells of the broker's coming and going: one line each. */
export interface AmqpLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** What a transport over a broker needs to know. */
export interface AmqpOptions {
  /**
   * The brokers as `amqp://user:password@host:port/virtual-host`, or `amqps:` for TLS, tried in turn. They are
   * one cluster: nodes find each other only at the same one.
   */
  readonly urls: readonly string[];
  /** This node's id, of at most 128 bytes. */
  readonly node: NodeId;
  readonly log: AmqpLog;
  /**
   * Begins the names of all that this application makes on the broker, so that two can share one: letters, digits,
   * `_` and `-`, at most 64. Default `antwire`.
   */
  readonly application?: string;
  /** Messages of one queue that may be unacknowledged at a time. A message has up to 64 frames. Default 256. */
  readonly prefetch?: number;
  /** Bytes that may wait here for the broker to take them. Default 64 MiB, which also bounds a single frame. */
  readonly maxWaitingBytes?: number;
  /** Frames that may wait here for the broker to take them. Default 100,000. */
  readonly maxWaitingFrames?: number;
  /**
   * Milliseconds after connecting during which an address that nobody serves is tried again, because the others
   * may only be on their way back. Default 2,000.
   */
  readonly settlingTime?: number;
}

/** The same with the defaults filled in. */
export type AmqpSettings = Required<AmqpOptions>;

/** Fills in the defaults. */
export function completeOptions(options: AmqpOptions): AmqpSettings {
  return {
    application: "antwire",
    prefetch: 256,
    maxWaitingBytes: 64 * 1024 * 1024,
    maxWaitingFrames: 100_000,
    settlingTime: 2_000,
    ...options,
  };
}
