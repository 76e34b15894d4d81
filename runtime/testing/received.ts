/** A push of a generated client, such as `ann.chat.said`. */
interface Listened<T> {
  on(listener: (value: T) => void): () => void;
}

/** What a client has heard of one push since {@link received} was called. */
export interface Received<T> {
  /** Everything so far, in the order of arrival. */
  readonly all: readonly T[];
  /**
   * The first value that no call of `next` has returned yet; waits for it where none has come. What waits
   * for a value that never comes, waits: the test runner's time-out ends it.
   */
  next(): Promise<T>;
  /** Listens no more. */
  stop(): void;
}

/**
 * Records a push from now on. What is pushed because of a call that the client makes afterwards is in it; before
 * something else makes a module push, `await app.settled()`, because the subscription is under way.
 *
 * ```ts
 * const heard = received(ann.chat.said);
 * await bob.chat.say("lobby", "Hello");
 * assert.equal((await heard.next()).text, "Hello");
 * ```
 */
export function received<T>(push: Listened<T>): Received<T> {
  const all: T[] = [];
  const waiting: ((value: T) => void)[] = [];
  let taken = 0;
  const stop = push.on((value) => {
    all.push(value);
    const first = waiting.shift();
    if (first === undefined) return;
    taken++;
    first(value);
  });
  return {
    all,
    next() {
      const value = all[taken];
      if (taken >= all.length) return new Promise((resolve) => waiting.push(resolve));
      taken++;
      return Promise.resolve(value as T); // The index is below the length.
    },
    stop,
  };
}
