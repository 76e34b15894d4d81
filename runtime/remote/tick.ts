import type { TimingWheel, WheelEntry } from "../call/timing-wheel.js";

/** Something to do regularly, as long as there is reason to. */
export class Tick implements WheelEntry {
  previous: WheelEntry | undefined = undefined;
  next: WheelEntry | undefined = undefined;
  expiresAt = 0;
  readonly timeout: number;
  readonly #step: () => boolean;
  #wheel: TimingWheel | undefined = undefined;

  /** @param step returns whether it is to be done again */
  constructor(interval: number, step: () => boolean) {
    this.timeout = interval;
    this.#step = step;
  }

  /** Does nothing while it runs. */
  start(wheel: TimingWheel): void {
    if (this.#wheel !== undefined) return;
    this.#wheel = wheel;
    this.expiresAt = 0;
    wheel.add(this);
  }

  expire(): void {
    const wheel = this.#wheel;
    this.#wheel = undefined;
    if (this.#step() && wheel !== undefined) this.start(wheel);
  }
}
