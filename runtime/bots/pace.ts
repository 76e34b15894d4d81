/** Says when bots may begin their rounds. */
export interface Pace {
  /** Resolves when the next round of the bot that asks may begin. */
  turn(): Promise<void>;
  stop(): void;
}

/** Every bot begins its next round as soon as the last has ended. */
export function createFreePace(): Pace {
  return {
    // A turn of the event loop, or rounds that wait for nothing would keep everything else from running.
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    stop() {},
  };
}

/** Milliseconds between two looks at whose turn it is. */
const tick = 10;

/**
 * So many rounds begin in a second, over all bots, however long each takes.
 *
 * @param onLate called for each round that no bot is free for; it is left out
 */
export function createSteadyPace(perSecond: number, onLate: () => void): Pace {
  const waiting: (() => void)[] = [];
  const start = performance.now();
  let begun = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - start) / 1_000) * perSecond);
    for (; begun < due; begun++) {
      const resolve = waiting.shift();
      if (resolve === undefined) onLate();
      else resolve();
    }
  }, tick);
  return {
    turn: () => new Promise((resolve) => waiting.push(resolve)),
    stop() {
      clearInterval(timer);
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}
