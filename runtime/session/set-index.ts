/** Sets by key, such as the sessions of each user. Empty sets are not kept. */
export class SetIndex<T> {
  readonly #sets = new Map<string, Set<T>>();

  get(key: string): ReadonlySet<T> {
    return this.#sets.get(key) ?? none;
  }

  add(key: string, member: T): void {
    const set = this.#sets.get(key);
    if (set === undefined) this.#sets.set(key, new Set([member]));
    else set.add(member);
  }

  /** Returns whether this was the last member. */
  delete(key: string, member: T): boolean {
    const set = this.#sets.get(key);
    return set?.delete(member) === true && set.size === 0 && this.#sets.delete(key);
  }
}

const none: ReadonlySet<never> = new Set();
