/** Says when bots may begin their rounds. */
export interface Pace {
  /**
   * Resolves when the next round of the bot that asks may begin, with when it should have begun, as
   * `performance.now()` counts.
   */
  turn(): Promise<number>;
  /**
   * Lets all that wait go. Returns how many rounds should have begun and did not, because no bot was free.
   */
  stop(): number;
}

/** Every bot begins its next round as soon as the last has ended. */
export function createFreePace(): Pace {
  return {
    // A turn of the event loop, or rounds that wait for nothing would keep everything else from running.
    turn: () => new Promise((resolve) => setImmediate(() => resolve(performance.now()))),
    stop: () => 0,
  };
}

/** How many rounds begin when. */
export interface SteadyPaceOptions {
  /** Rounds in a second, over all bots, however long each takes. */
  readonly perSecond: number;
  /** Seconds in which the bots come; meanwhile the rounds in a second grow with them. */
  readonly ramp: number;
}

/** Lets rounds begin at times that nothing moves. One that no bot is free for waits for the next that is. */
export function createSteadyPace({ perSecond, ramp }: SteadyPaceOptions): Pace {
  const start = performance.now();
  const waiting: ((due: number) => void)[] = [];
  /** Rounds that have begun. */
  let begun = 0;
  let timer: NodeJS.Timeout | undefined;

  /** When the round of this number, from 1 up, is due. */
  const dueAt = (number: number): number => {
    const inRamp = (perSecond * ramp) / 2;
    const seconds =
      number < inRamp ? Math.sqrt((2 * ramp * number) / perSecond) : number / perSecond + ramp / 2;
    return start + seconds * 1_000;
  };
  /** How many rounds are due until then. */
  const dueUntil = (now: number): number => {
    const seconds = (now - start) / 1_000;
    return Math.floor(
      seconds < ramp ? (perSecond * seconds ** 2) / (2 * ramp) : perSecond * (seconds - ramp / 2),
    );
  };
  const serve = () => {
    timer = undefined;
    const now = performance.now();
    for (let due = dueAt(begun + 1); due <= now; due = dueAt(begun + 1)) {
      const resolve = waiting.shift();
      if (resolve === undefined) return;
      begun++;
      resolve(due);
    }
    if (waiting.length > 0) timer = setTimeout(serve, dueAt(begun + 1) - now);
  };

  return {
    turn: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        timer ??= setTimeout(serve, dueAt(begun + 1) - performance.now());
      }),
    stop() {
      clearTimeout(timer);
      const now = performance.now();
      // Bots that wait are free: the round that is due at this moment is not late.
      const late = waiting.length > 0 ? 0 : Math.max(0, dueUntil(now) - begun);
      for (const resolve of waiting.splice(0)) resolve(now);
      return late;
    },
  };
}
