import type { CallLog } from "../call/call-core.js";
import type { TimingWheel } from "../call/timing-wheel.js";
import type { Undelivered } from "../transport/transport.js";
import { Tick } from "./tick.js";

/** Milliseconds between two summaries. */
const interval = 10_000;

/** One-way calls that were lost. Of each method the log has the first, and then how many there were. */
export class LostCalls {
  readonly #log: CallLog;
  readonly #wheel: TimingWheel;
  /** How many of each method the log has not told of yet. */
  readonly #untold = new Map<string, number>();
  readonly #summary = new Tick(interval, () => this.#tell());

  constructor(log: CallLog, wheel: TimingWheel) {
    this.#log = log;
    this.#wheel = wheel;
  }

  note(method: string, why: Undelivered): void {
    const untold = this.#untold.get(method);
    if (untold !== undefined) {
      this.#untold.set(method, untold + 1);
      return;
    }
    this.#untold.set(method, 0);
    this.#log.warn({ method, why }, `${method}, a one-way call, was lost`);
    this.#summary.start(this.#wheel);
  }

  #tell(): boolean {
    for (const [method, count] of this.#untold) {
      if (count === 0) this.#untold.delete(method);
      else {
        this.#untold.set(method, 0);
        this.#log.warn({ method, count }, `${count} more one-way calls of ${method} were lost`);
      }
    }
    return this.#untold.size > 0;
  }
}
