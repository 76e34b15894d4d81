import type { Clock } from "../clock/clock.js";
import type { Logger } from "./logger.js";

/** Something to do later. What it throws is logged and ends nothing. */
export type TimedStep = () => void | Promise<void>;

/**
 * The time that a module goes by: the system's, or in a test the one that the test moves. Whatever a module
 * has begun with it ends before the module's `onStop` runs.
 */
export interface ModuleClock {
  /** Milliseconds since the epoch, as `Date.now()` counts them. */
  now(): number;
  /** Runs the step once, after so many milliseconds. The returned function takes it back. */
  after(milliseconds: number, step: TimedStep): () => void;
  /** Runs the step every so many milliseconds, until the returned function is called. */
  every(milliseconds: number, step: TimedStep): () => void;
}

/** A module's clock, and how to end all that runs by it. */
export interface HostedClock extends ModuleClock {
  stop(): void;
}

/** Makes the clock of one module. */
export function createModuleClock(clock: Clock, log: Logger): HostedClock {
  const running = new Set<() => void>();
  let stopped = false;

  async function run(step: TimedStep): Promise<void> {
    try {
      await step();
    } catch (err) {
      log.error({ err }, "A timed step failed");
    }
  }

  function begin(start: (done: () => void) => () => void): () => void {
    if (stopped) return () => {};
    const end = () => {
      running.delete(end);
      cancel();
    };
    const cancel = start(() => running.delete(end));
    running.add(end);
    return end;
  }

  return {
    now: () => clock.wallTime(),
    after: (milliseconds, step) =>
      begin((done) =>
        clock.after(milliseconds, () => {
          done();
          run(step);
        }),
      ),
    every: (milliseconds, step) => begin(() => clock.every(milliseconds, () => run(step))),
    stop() {
      stopped = true;
      for (const end of running) end();
    },
  };
}
