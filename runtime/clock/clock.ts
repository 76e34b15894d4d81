/** The time that a part of the program goes by. */
export interface Clock {
  /** Milliseconds that only ever grow, from some beginning. */
  now(): number;
  /** Milliseconds since the epoch, as `Date.now()` counts them. */
  wallTime(): number;
  /** Runs the step once, unless the returned function is called before. */
  after(milliseconds: number, step: () => void): () => void;
  /** Runs the step regularly, until the returned function is called. */
  every(milliseconds: number, step: () => void): () => void;
}

/** The clock of this process. It keeps no process alive. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  after(milliseconds, step) {
    const timer = setTimeout(step, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
  every(milliseconds, step) {
    const timer = setInterval(step, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};
