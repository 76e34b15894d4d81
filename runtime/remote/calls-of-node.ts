/** What a table holds: its id says where. */
interface Numbered {
  readonly id: number;
}

/** Places for calls that do not take long. */
const places = 512;

/**
 * The calls of one other node that run here, by the ids that the other gave them, which grow.
 *
 * Not a `Map` alone, which makes a new table for itself with each wave of calls; see `CallTable`.
 */
export class CallsOfNode<T extends Numbered> {
  /** Each at its id modulo the number of places. */
  readonly #recent = new Array<T | undefined>(places).fill(undefined);
  /** Those whose places were taken. */
  readonly #rest = new Map<number, T>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a call whose id is not in the table. */
  add(call: T): void {
    const place = call.id % places;
    if (this.#recent[place] === undefined) this.#recent[place] = call;
    else this.#rest.set(call.id, call);
    this.#size++;
  }

  get(id: number): T | undefined {
    const call = this.#recent[id % places];
    return call?.id === id ? call : this.#rest.get(id);
  }

  delete(id: number): void {
    const place = id % places;
    if (this.#recent[place]?.id === id) this.#recent[place] = undefined;
    else if (!this.#rest.delete(id)) return;
    this.#size--;
  }

  values(): T[] {
    return [...this.#recent.filter((call) => call !== undefined), ...this.#rest.values()];
  }
}
