import { type WheelClock, wheelTick } from "../../runtime/call/timing-wheel.js";

/** A clock that stands still until it is moved. */
export class ManualClock implements WheelClock {
  #now = 1_000;
  #step: (() => void) | undefined = undefined;
  #nextTick = 0;
  /** How often somebody began to listen to it. */
  starts = 0;

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return Date.now();
  }

  every(_milliseconds: number, step: () => void): () => void {
    if (this.#step !== undefined) throw new Error("one step at a time is enough");
    this.starts++;
    this.#step = step;
    this.#nextTick = this.#now + wheelTick;
    return () => {
      this.#step = undefined;
    };
  }

  get isTicking(): boolean {
    return this.#step !== undefined;
  }

  /** Lets time pass as in an event loop that is free. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    while (this.#step !== undefined && this.#nextTick <= end) {
      this.#now = this.#nextTick;
      this.#nextTick += wheelTick;
      this.#step();
    }
    this.#now = end;
  }

  /** Lets time pass while something keeps the event loop busy; one tick comes afterwards. */
  block(milliseconds: number): void {
    this.#now += milliseconds;
    this.#nextTick = this.#now + wheelTick;
    this.#step?.();
  }
}
