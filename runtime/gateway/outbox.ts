import type { Transport } from "./transport.js";

// Above this a write of its own costs less than gathering more.
const gatherBytes = 65_536;

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

/** Gathers the packets that go to one client and writes them together. */
export class Outbox {
  readonly #transport: Transport;
  readonly #queue: FlushQueue;
  readonly #limit: number;
  readonly #onSlowReader: () => void;
  #packets: Uint8Array[] = [];
  #bytes = 0;
  /** Who waits until what they added has left. */
  #whenSent: (() => void)[] = [];

  /**
   * @param limit bytes that may wait for the client
   * @param onSlowReader called when more would have to wait
   */
  constructor(transport: Transport, queue: FlushQueue, limit: number, onSlowReader: () => void) {
    this.#transport = transport;
    this.#queue = queue;
    this.#limit = limit;
    this.#onSlowReader = onSlowReader;
  }

  add(packet: Uint8Array): void {
    this.#bytes += packet.length;
    if (this.#packets.push(packet) === 1) this.#queue.add(this);
    if (this.#bytes > gatherBytes) this.flush();
  }

  /** Resolves when what was added has left, or never will. */
  sent(): Promise<void> {
    return new Promise((resolve) => {
      // What was much has been written already; who adds more still has to let others have a turn.
      if (this.#packets.length === 0) setImmediate(resolve);
      else this.#whenSent.push(resolve);
    });
  }

  flush(): void {
    const packets = this.#packets;
    const first = packets[0];
    if (first === undefined) return;
    const bytes = packets.length === 1 ? first : Buffer.concat(packets, this.#bytes);
    this.#packets = [];
    this.#bytes = 0;
    // What waits already counts, not what comes: one long reply to a client that reads is no offence.
    if (this.#transport.queuedBytes > this.#limit) this.#onSlowReader();
    else if (this.#whenSent.length === 0) this.#transport.write(bytes);
    else this.#transport.write(bytes, callAll(this.#whenSent.splice(0)));
  }

  /** Forgets what has not been written. */
  clear(): void {
    this.#packets = [];
    this.#bytes = 0;
    callAll(this.#whenSent.splice(0))();
  }
}

function callAll(callbacks: readonly (() => void)[]): () => void {
  return () => {
    for (const callback of callbacks) callback();
  };
}
