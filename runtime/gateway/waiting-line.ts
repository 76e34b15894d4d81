/** Lets so many be inside at a time. Others wait, and go in first come first served. */
export class WaitingLine {
  readonly #width: number;
  readonly #length: number;
  readonly #waiting = new Set<() => void>();
  #inside = 0;

  /**
   * @param width how many may be inside
   * @param length how many may wait
   */
  constructor(width: number, length: number) {
    this.#width = width;
    this.#length = length;
  }

  get inside(): number {
    return this.#inside;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  get isFull(): boolean {
    return this.#inside >= this.#width && this.#waiting.size >= this.#length;
  }

  /** Resolves inside; to be asked only where the line is not full. Rejects, with the signal's reason, outside. */
  enter(signal: AbortSignal): Promise<void> {
    if (this.#inside < this.#width) {
      this.#inside++;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#waiting.delete(goIn);
        reject(signal.reason);
      };
      const goIn = () => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      this.#waiting.add(goIn);
      signal.addEventListener("abort", giveUp, { once: true });
    });
  }

  /** Makes room for the next. */
  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#inside--;
    } else {
      this.#waiting.delete(next);
      next();
    }
  }
}
