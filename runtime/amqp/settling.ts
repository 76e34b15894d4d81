import { setTimeout as sleep } from "node:timers/promises";
import { Fifo } from "./fifo.js";
import type { Message } from "./message.js";
import type { Publisher } from "./publisher.js";
import type { Tally } from "./tally.js";

/** Milliseconds between two attempts. */
const pause = 100;

interface Trial {
  /** The message that is tried, and what follows it. */
  readonly waiting: Fifo<Message>;
  /** Whether the first message is on its way. */
  isOut: boolean;
  hasReturned: boolean;
}

/** What messages are tried with. */
export interface SettlingOptions {
  readonly publisher: Publisher;
  /** The exchange that certainly exists. */
  readonly exchange: string;
  readonly tally: Tally;
  /** Takes over a message that has waited for a way that turned out to be open. */
  release(message: Message): void;
}

/**
 * The time after connecting, when others may only be on their way back. Messages to an address go one by one until
 * one has not come back. Nobody has seen a message that came back, so it can be sent again, and nothing that was
 * sent later overtakes it.
 */
export class Settling {
  readonly #options: SettlingOptions;
  readonly #trials = new Map<string, Trial>();
  readonly #open = new Set<string>();
  #isOver = false;

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  /** Whether a message can go its way; otherwise {@link take} is for it. */
  isOpen(message: Message): boolean {
    return !message.route.mandatory || this.#open.has(message.route.id);
  }

  /** Keeps a message until the way is open. */
  take(message: Message): void {
    const { id } = message.route;
    this.#options.tally.enter(message);
    const trial = this.#trials.get(id);
    if (trial !== undefined) {
      trial.waiting.push(message);
      return;
    }
    const begun: Trial = { waiting: new Fifo(), isOut: false, hasReturned: false };
    begun.waiting.push(message);
    this.#trials.set(id, begun);
    this.#run(id, begun).catch(() => {
      // The connection is gone, and with it whoever would want to know.
    });
  }

  /** Whether a message that came back is a trial, which is repeated. */
  takeReturned(id: string): boolean {
    const trial = this.#trials.get(id);
    if (trial === undefined) return false;
    trial.hasReturned = true;
    return true;
  }

  /** Releases all that waits, come what may. */
  end(): void {
    this.#isOver = true;
    const trials = [...this.#trials.values()];
    this.#trials.clear();
    for (const { waiting, isOut, hasReturned } of trials) {
      // It arrives, or comes back like any other from now on.
      const sent = isOut && !hasReturned ? waiting.shift() : undefined;
      if (sent !== undefined) this.#options.tally.leave(sent);
      this.#release(waiting);
    }
  }

  /** Forgets all that waits. */
  abandon(): void {
    this.#isOver = true;
    this.#trials.clear();
  }

  async #run(id: string, trial: Trial): Promise<void> {
    const { publisher, exchange, tally } = this.#options;
    const { waiting } = trial;
    for (let message = waiting.peek(); message !== undefined; message = waiting.peek()) {
      const now = performance.now();
      if (message.expiresAt <= now) {
        tally.leave(message);
        waiting.shift();
        continue;
      }
      trial.isOut = true;
      trial.hasReturned = false;
      publisher.publish(message, now);
      await publisher.settle(exchange);
      if (this.#isOver) return;
      trial.isOut = false;
      if (!trial.hasReturned) {
        tally.leave(message);
        waiting.shift();
        this.#open.add(id);
        break;
      }
      await sleep(pause);
      if (this.#isOver) return;
    }
    this.#trials.delete(id);
    this.#release(waiting);
  }

  #release(waiting: Fifo<Message>): void {
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
      this.#options.tally.leave(message);
      this.#options.release(message);
    }
  }
}
