/** Milliseconds. Sums of intervals are a little off. */
const rounding = 1e-6;

/** Lets so many pass in a second on average, and so many at once after a pause. */
export class TokenBucket {
  readonly #interval: number;
  readonly #capacity: number;
  /** When it will be full again: one number says what a count and a time would. */
  #fullAt = 0;

  constructor(perSecond: number, burst: number) {
    this.#interval = 1_000 / perSecond;
    this.#capacity = this.#interval * burst;
  }

  /**
   * Takes one. Returns 0, or where there is none the milliseconds until there is one.
   *
   * @param now in milliseconds
   */
  take(now: number): number {
    const fullAt = Math.max(this.#fullAt, now) + this.#interval;
    const wait = fullAt - this.#capacity - now;
    if (wait > rounding) return Math.ceil(wait);
    this.#fullAt = fullAt;
    return 0;
  }
}
