/** How many looks at the time in one turn of the event loop are looks at the clock. */
const exactLooks = 8;

/** Then every so many. A power of two. */
const looksApart = 16;

/** What all calls of the gateway ask of the thread: how many run, and how long this turn of the event loop takes. */
export class Load {
  /** Calls that run now. */
  running = 0;
  readonly #clock: { now(): number };
  #now = 0;
  #turnBegan = 0;
  #looks = 0;
  readonly #endTurn = (): void => {
    this.#looks = 0;
  };

  constructor(clock: { now(): number }) {
    this.#clock = clock;
  }

  /**
   * The time in milliseconds. A look at the clock costs up to 100 ns, so where there are many calls in one turn
   * it is a little old.
   */
  now(): number {
    const looks = this.#looks++;
    if (looks < exactLooks || (looks & (looksApart - 1)) === 0) {
      this.#now = this.#clock.now();
      if (looks === 0) {
        this.#turnBegan = this.#now;
        setImmediate(this.#endTurn);
      }
    }
    return this.#now;
  }

  /**
   * Milliseconds that this turn has been taking calls for. While it lasts nobody else is read or answered, and
   * no deadline is kept: when it is long, there are more calls than the thread can answer.
   */
  get turnMs(): number {
    return this.#looks === 0 ? 0 : this.#now - this.#turnBegan;
  }
}
