import type { Clock } from "../clock/clock.js";

interface Timer {
  at: number;
  /** Tells timers of one instant apart: who came first runs first. */
  order: number;
  /** Milliseconds to the next time; undefined for a timer that runs once. */
  readonly period: number | undefined;
  readonly step: () => void;
}

/** What happens around the steps of a clock. */
export interface ClockSurroundings {
  /** Runs before time passes: whoever notes times late does it now. */
  beforePassing(): void;
  /** Resolves once what a step set off has come to rest. */
  settle(): Promise<void>;
}

/** A clock that stands still until it is moved. */
export class TestClock implements Clock {
  // A whole number of the timing wheel's ticks, so that deadlines of whole ticks are met exactly.
  #now = 1_000;
  readonly #start: number;
  readonly #surroundings: ClockSurroundings;
  readonly #timers = new Set<Timer>();
  #lastOrder = 0;
  #isMoving = false;

  /** @param start the time at the beginning, in milliseconds since the epoch */
  constructor(start: number, surroundings: ClockSurroundings) {
    this.#start = start - this.#now;
    this.#surroundings = surroundings;
  }

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return this.#start + this.#now;
  }

  after(milliseconds: number, step: () => void): () => void {
    return this.#add(milliseconds, step, false);
  }

  every(milliseconds: number, step: () => void): () => void {
    return this.#add(milliseconds, step, true);
  }

  /** Lets time pass, and everything happen that is due on the way, in order. */
  async advance(milliseconds: number): Promise<void> {
    if (!(milliseconds >= 0 && milliseconds < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`advance: expected milliseconds from 0 up, got ${milliseconds}`);
    }
    if (this.#isMoving) throw new Error("advance: time passes already; await the last call first");
    this.#isMoving = true;
    try {
      await this.#surroundings.settle();
      this.#surroundings.beforePassing();
      await this.#passUntil(this.#now + milliseconds);
    } finally {
      this.#isMoving = false;
    }
  }

  async #passUntil(end: number): Promise<void> {
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#now = timer.at;
      if (timer.period === undefined) this.#timers.delete(timer);
      else {
        timer.at += timer.period;
        timer.order = ++this.#lastOrder;
      }
      timer.step();
      await this.#surroundings.settle();
    }
    this.#now = end;
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.at > end) continue;
      if (next === undefined || timer.at < next.at || (timer.at === next.at && timer.order < next.order)) {
        next = timer;
      }
    }
    return next;
  }

  #add(milliseconds: number, step: () => void, repeats: boolean): () => void {
    // As timers have it: never sooner than in a millisecond, or `advance` would not come to its end.
    const wait = Math.max(1, milliseconds);
    const timer: Timer = {
      at: this.#now + wait,
      order: ++this.#lastOrder,
      period: repeats ? wait : undefined,
      step,
    };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}
