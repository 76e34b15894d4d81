/** Which sessions are here, and whose they are. */
export class Presence {
  readonly #users = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** A session of a user is here now. Should it have been another's, it is no longer. */
  add(sessionId: string, userId: string): void {
    if (this.#users.get(sessionId) === userId) return;
    this.remove(sessionId);
    this.#users.set(sessionId, userId);
    this.#counts.set(userId, (this.#counts.get(userId) ?? 0) + 1);
  }

  has(sessionId: string): boolean {
    return this.#users.has(sessionId);
  }

  /** @returns the user of the session, if no other session of that user is here */
  remove(sessionId: string): string | undefined {
    const userId = this.#users.get(sessionId);
    if (userId === undefined) return undefined;
    this.#users.delete(sessionId);
    const others = (this.#counts.get(userId) ?? 1) - 1;
    if (others > 0) {
      this.#counts.set(userId, others);
      return undefined;
    }
    this.#counts.delete(userId);
    return userId;
  }
}
