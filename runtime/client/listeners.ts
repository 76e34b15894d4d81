/** Functions to call when something happens. None can disturb another, or the one who calls. */
export class Listeners<Args extends readonly unknown[]> {
  readonly #entries = new Set<{ readonly listener: (...args: Args) => void }>();

  get size(): number {
    return this.#entries.size;
  }

  /** Adds a listener; the same one twice counts as two. The returned function removes it and tells whether it was there. */
  add(listener: (...args: Args) => void): () => boolean {
    const entry = { listener };
    this.#entries.add(entry);
    return () => this.#entries.delete(entry);
  }

  /** Calls the listeners that are there now, except those that one of them removes before their turn. */
  call(...args: Args): void {
    for (const entry of [...this.#entries]) {
      if (!this.#entries.has(entry)) continue;
      try {
        entry.listener(...args);
      } catch (error) {
        // An uncaught error, as after a throw in any other listener; but not in our stack.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
