/** Sessions that are remembered after their end. */
const memory = 10_000;

/** The sessions that have ended lately, and how that came to be known: calls of a session may come after its end. */
export class RecentEnds {
  readonly #isCertain = new Map<string, boolean>();

  /** @param isCertain whether its gateway said so; otherwise it may still be there */
  add(id: string, isCertain: boolean): void {
    this.#isCertain.delete(id);
    this.#isCertain.set(id, isCertain);
    if (this.#isCertain.size <= memory) return;
    const [oldest] = this.#isCertain.keys();
    if (oldest !== undefined) this.#isCertain.delete(oldest);
  }

  has(id: string): boolean {
    return this.#isCertain.has(id);
  }

  /** Whether its gateway said so. */
  isCertain(id: string): boolean {
    return this.#isCertain.get(id) === true;
  }
}
