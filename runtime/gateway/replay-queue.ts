import type { GatewayCounters } from "./counters.js";
import { identifyPublish } from "./publish-packet.js";

/** What a replay queue works with. */
export interface ReplayQueueOptions {
  /** Pushes that are kept at a time. */
  readonly limit: number;
  /** Bytes of these. */
  readonly byteLimit: number;
  readonly counters: GatewayCounters;
}

/** A push that its client has not acknowledged. */
interface Kept {
  /** Without the identifier, so that all who get the push share its bytes. */
  readonly packet: Buffer;
  /** Whether it went out over some connection. */
  isSent: boolean;
}

const maxIdentifier = 0xffff;

/** What goes to one client with QoS 1: its identifiers, and what the client has not acknowledged yet. */
export class ReplayQueue {
  readonly #options: ReplayQueueOptions;
  readonly #kept = new Map<number, Kept>();
  #bytes = 0;
  #lastIdentifier = 0;

  constructor(options: ReplayQueueOptions) {
    this.#options = options;
  }

  /**
   * Gives a push its identifier, and keeps it until it is acknowledged. Beyond the bound the oldest are dropped.
   *
   * @param packet a PUBLISH of QoS 1 whose identifier is still to be filled in
   */
  add(packet: Buffer, isSent: boolean): number {
    const identifier = this.next();
    this.#kept.set(identifier, { packet, isSent });
    this.#bytes += packet.length;
    const { limit, byteLimit } = this.#options;
    if (this.#kept.size > limit || this.#bytes > byteLimit) this.#dropOldest(limit, byteLimit);
    return identifier;
  }

  /** An identifier for a push that nobody will ask for again. */
  next(): number {
    do {
      // [MQTT-2.3.1-1] Never 0.
      this.#lastIdentifier = (this.#lastIdentifier % maxIdentifier) + 1;
      // [MQTT-2.3.1-4] What is not acknowledged still has its own.
    } while (this.#kept.has(this.#lastIdentifier));
    return this.#lastIdentifier;
  }

  acknowledge(identifier: number): void {
    const kept = this.#kept.get(identifier);
    if (kept === undefined) return;
    this.#kept.delete(identifier);
    this.#bytes -= kept.packet.length;
  }

  /** Sends everything again, in the order in which it was pushed [MQTT-4.4.0-1] [MQTT-4.6.0-1]. */
  resend(send: (packet: Buffer) => void): void {
    for (const [identifier, kept] of this.#kept) {
      send(identifyPublish(kept.packet, identifier, kept.isSent));
      kept.isSent = true;
    }
  }

  #dropOldest(limit: number, byteLimit: number): void {
    for (const identifier of this.#kept.keys()) {
      if (this.#kept.size <= limit && this.#bytes <= byteLimit) return;
      this.acknowledge(identifier);
      this.#options.counters.droppedReplays++;
    }
  }
}
