/**
 * When frames leave. Those of one turn of the event loop go together. But where those of a turn's first tick were all, as
 * with one call in flight, each has waited in vain, and amqplib makes it wait another turn: so those of the next turn's
 * first tick go at its end.
 */
export class Departure {
  readonly #leave: () => void;
  #isInTurn = false;
  #framesThisTurn = 0;
  #framesOfFirstTick = 0;
  #isPrompt = true;

  /** @param leave lets all frames go that have come since it was called last; never called within {@link add} */
  constructor(leave: () => void) {
    this.#leave = leave;
  }

  /** There is another frame. */
  add(): void {
    this.#framesThisTurn++;
    if (this.#isInTurn) return;
    this.#isInTurn = true;
    setImmediate(this.#endTurn);
    process.nextTick(this.#endFirstTick);
  }

  readonly #endFirstTick = (): void => {
    this.#framesOfFirstTick = this.#framesThisTurn;
    if (this.#isPrompt) this.#leave();
  };

  readonly #endTurn = (): void => {
    this.#isInTurn = false;
    this.#isPrompt = this.#framesThisTurn === this.#framesOfFirstTick;
    this.#framesThisTurn = 0;
    this.#leave();
  };
}
