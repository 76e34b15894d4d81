/** What takes less needs no display, in milliseconds. */
const patience = 500;

/** Where the line is shown: a stream of the process. */
export interface Screen {
  write(text: string): unknown;
}

/** Says in one line of a terminal which step a run is at. */
export class StepLine {
  readonly #screen: Screen;
  readonly #now: () => number;
  #started: number;
  #shown = false;

  /** @param now a clock, in milliseconds */
  constructor(screen: Screen, now = () => performance.now()) {
    this.#screen = screen;
    this.#now = now;
    this.#started = now();
  }

  /** Takes a step's name. The compiler leaves no timer its turn, so steps are shown as they begin. */
  show(step: string): void {
    if (this.#now() - this.#started < patience) return;
    // Back to the first column, the line, and nothing of the last one behind it.
    this.#screen.write(`\r${step} …\u001b[K`);
    this.#shown = true;
  }

  /** Takes the line away, before something else is said. The next step begins another run. */
  end(): void {
    if (this.#shown) this.#screen.write("\r\u001b[K");
    this.#shown = false;
    this.#started = this.#now();
  }
}
