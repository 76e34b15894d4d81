import { HeldPackets } from "./held-packets.js";
import type { Transport } from "./transport.js";

// Above this a write of its own costs less than gathering more.
const gatherBytes = 65_536;

// More than this unsent, and packets wait here, where pushes marked `@latest` can still give way to newer ones.
const highWater = 65_536;

/** Writes what outboxes have gathered, once for each at the end of a turn of the event loop. */
export class FlushQueue {
  #waiting: Outbox[] = [];
  readonly #flushAll = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const outbox of waiting) outbox.flush();
  };

  add(outbox: Outbox): void {
    if (this.#waiting.push(outbox) === 1) setImmediate(this.#flushAll);
  }
}

/** Whose packets an outbox gathers. */
export interface OutboxOwner {
  readonly transport: Transport;
  /** More than the limit would have to wait. */
  onSlowReader(): void;
  /** A push gives way to a newer one. */
  onReplaced(): void;
}

/** Gathers the packets that go to one client and writes them together. */
export class Outbox {
  // Not kept as one object: a push to thousands is bound by what it fetches from memory.
  readonly #transport: Transport;
  readonly #queue: FlushQueue;
  readonly #limit: number;
  readonly #owner: OutboxOwner;
  readonly #highWater: number;
  #packets: Uint8Array[] = [];
  #bytes = 0;
  /** Who waits until what they added has left. */
  #whenSent: (() => void)[] = [];
  /** What waits behind bytes that the client does not take; undefined while it takes them. */
  #held: HeldPackets | undefined = undefined;

  /** @param limit bytes that may wait for the client, those of pushes marked `@latest` aside */
  constructor(owner: OutboxOwner, queue: FlushQueue, limit: number) {
    this.#transport = owner.transport;
    this.#queue = queue;
    this.#limit = limit;
    this.#owner = owner;
    this.#highWater = Math.min(highWater, limit);
  }

  add(packet: Uint8Array): void {
    if (this.#held !== undefined) {
      this.#hold(this.#held, packet);
      return;
    }
    this.#bytes += packet.length;
    if (this.#packets.push(packet) === 1) this.#queue.add(this);
    if (this.#bytes > gatherBytes) this.flush();
  }

  /**
   * Adds a push marked `@latest`, which takes the place of an older one that still waits.
   *
   * @param place the place of the push in one of its forms
   */
  addLatest(packet: Uint8Array, place: number): void {
    if (this.#held === undefined) this.add(packet);
    else if (this.#held.addLatest(packet, place)) this.#owner.onReplaced();
  }

  /** Resolves when what was added has left, or never will. */
  sent(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#held !== undefined) {
        if (!this.#held.whenSent(resolve)) setImmediate(resolve);
      } else if (this.#packets.length > 0) {
        this.#whenSent.push(resolve);
      } else {
        // What was much has been written already; who adds more still has to let others have a turn.
        setImmediate(resolve);
      }
    });
  }

  flush(): void {
    if (this.#packets.length === 0) return;
    const packets = this.#packets;
    const bytes = this.#bytes;
    this.#packets = [];
    this.#bytes = 0;
    this.#write(packets, bytes, this.#whenSent.length === 0 ? this.#whenSent : this.#whenSent.splice(0));
  }

  /** Writes everything, because nothing comes after it. */
  finish(): void {
    this.flush();
    const held = this.#held;
    if (held === undefined || held.isEmpty) return;
    const { packets, bytes, onSent } = held.take(Number.POSITIVE_INFINITY);
    this.#write(packets, bytes, onSent);
  }

  /** Forgets what has not been written. */
  clear(): void {
    this.#packets = [];
    this.#bytes = 0;
    callAll(this.#whenSent.splice(0));
    callAll(this.#held?.take(Number.POSITIVE_INFINITY).onSent ?? []);
    this.#held = undefined;
  }

  #hold(held: HeldPackets, packet: Uint8Array): void {
    // What waits already counts, not what comes: one long reply to a client that reads is no offence.
    const isOver = this.#transport.queuedBytes + held.bytes > this.#limit;
    held.add(packet);
    if (isOver) this.#owner.onSlowReader();
  }

  #write(packets: readonly Uint8Array[], bytes: number, onSent: readonly (() => void)[]): void {
    const transport = this.#transport;
    const [first] = packets;
    if (first === undefined) return;
    const data = packets.length === 1 ? first : Buffer.concat(packets, bytes);
    if (transport.queuedBytes + bytes <= this.#highWater) {
      if (onSent.length === 0) transport.write(data);
      else transport.write(data, () => callAll(onSent));
      return;
    }
    transport.write(data, () => {
      callAll(onSent);
      this.#release();
    });
    // The system may have taken all of it at once.
    if (transport.queuedBytes > this.#highWater) this.#held ??= new HeldPackets();
  }

  /** Writes what was held, as far as the client takes it. */
  #release(): void {
    const held = this.#held;
    while (held !== undefined && this.#transport.queuedBytes <= this.#highWater) {
      if (held.isEmpty) {
        this.#held = undefined;
        return;
      }
      const { packets, bytes, onSent } = held.take(gatherBytes);
      this.#write(packets, bytes, onSent);
    }
  }
}

function callAll(callbacks: readonly (() => void)[]): void {
  for (const callback of callbacks) callback();
}
