import type { Clock } from "../clock/clock.js";
import type { Client } from "./client.js";

/** The clients that lost their connections, and until when each can come back. */
export class AwayClients {
  readonly #time: Clock;
  readonly #window: number;
  readonly #limit: number;
  /** Those that have been away for the longest are first, because the window is the same for all. */
  readonly #until = new Map<Client, number>();

  /**
   * @param window milliseconds that a client may be away for
   * @param limit clients that may be away at a time
   */
  constructor(time: Clock, window: number, limit: number) {
    this.#time = time;
    this.#window = window;
    this.#limit = limit;
  }

  get size(): number {
    return this.#until.size;
  }

  /** Waits for a client, unless too many are away already. */
  add(client: Client): boolean {
    if (this.#until.size >= this.#limit) return false;
    this.#until.set(client, this.#time.now() + this.#window);
    return true;
  }

  /** Waits no more. Returns false where the client was not away, or has been for too long. */
  take(client: Client): boolean {
    const until = this.#until.get(client);
    this.#until.delete(client);
    return until !== undefined && this.#time.now() <= until;
  }

  /** Those for whom the time has passed, and for whom nobody waits any more. */
  takeLate(): Client[] {
    const now = this.#time.now();
    const late: Client[] = [];
    for (const [client, until] of this.#until) {
      if (now <= until) break;
      late.push(client);
    }
    for (const client of late) this.#until.delete(client);
    return late;
  }

  takeAll(): Client[] {
    const all = [...this.#until.keys()];
    this.#until.clear();
    return all;
  }
}
