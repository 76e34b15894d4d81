/** What a table holds: its id says where. */
interface Numbered {
  readonly id: number;
}

/**
 * Calls by their ids, which grow and never come back.
 *
 * Not a `Map`: when a map grows, or makes room after deletions, its old table stays linked to the new one.
 * Once one such table has become old garbage, all later ones are kept with every call in them until the
 * next full collection. Measured with 256 calls in flight to another thread: half of what was allocated
 * outlived its scavenge, and calls took twice the CPU.
 */
export class CallTable<T extends Numbered> {
  /** Each at its id modulo the length, a power of two. At most half of it is taken. */
  #places: (T | undefined)[] = new Array<T | undefined>(64).fill(undefined);
  #size = 0;
  #lastId = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a call, and returns the id that it gets. */
  add(call: T): number {
    if (this.#size * 2 >= this.#places.length) this.#grow();
    const mask = this.#places.length - 1;
    // Calls that take long keep their places.
    do this.#lastId++;
    while (this.#places[this.#lastId & mask] !== undefined);
    this.#places[this.#lastId & mask] = call;
    this.#size++;
    return this.#lastId;
  }

  get(id: number): T | undefined {
    const call = this.#places[id & (this.#places.length - 1)];
    return call?.id === id ? call : undefined;
  }

  delete(id: number): void {
    if (this.get(id) === undefined) return;
    this.#places[id & (this.#places.length - 1)] = undefined;
    this.#size--;
  }

  values(): T[] {
    return this.#places.filter((call) => call !== undefined);
  }

  #grow(): void {
    const calls = this.values();
    const length = this.#places.length * 2;
    this.#places = new Array<T | undefined>(length).fill(undefined);
    // What differed modulo the old length differs modulo the new one.
    for (const call of calls) this.#places[call.id & (length - 1)] = call;
  }
}
