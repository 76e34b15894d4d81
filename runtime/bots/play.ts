import { once, setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { LiveBot } from "./live-bot.js";
import { createFreePace, createSteadyPace } from "./pace.js";
import type { Scenario } from "./scenario.js";
import type { Tally } from "./tally.js";

/** How many bots play, and for how long. */
export interface PlayOptions<Game> {
  readonly url: string;
  readonly scenario: Scenario<Game>;
  readonly bots: number;
  /** Seconds in which they come, evenly spread. */
  readonly ramp: number;
  /** Seconds from the first bot to the end. */
  readonly duration: number;
  /** Rounds that begin in a second, over all bots; undefined for as many as they manage. */
  readonly rate: number | undefined;
  readonly tally: Tally;
  /** Ends the run before its time. */
  readonly signal: AbortSignal;
}

/** Milliseconds that rounds have to end by themselves, once the run is over. */
const patience = 5_000;

/** Lets bots play, and takes them away again. Resolves with the seconds that it took until the end was called. */
export async function play<Game>(options: PlayOptions<Game>): Promise<number> {
  const { bots: count, rate, scenario, signal, tally, url } = options;
  const end = new AbortController();
  const over = end.signal;
  // Every bot that pauses listens to it.
  setMaxListeners(0, over);
  const stop = () => end.abort();
  const timer = setTimeout(stop, options.duration * 1_000);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  const pace = rate === undefined ? createFreePace() : createSteadyPace(rate, () => tally.late++);
  const start = performance.now();
  const bots: LiveBot<Game>[] = [];
  const lives: Promise<void>[] = [];
  for (let i = 0; i < count; i++) {
    const due = start + (options.ramp * 1_000 * i) / count;
    if (due - performance.now() > 1) await wait(due - performance.now(), over);
    if (over.aborted) break;
    const bot = new LiveBot(i, { url, scenario, tally, pace, signal: over });
    bots.push(bot);
    lives.push(bot.live());
  }
  if (!over.aborted) await once(over, "abort");
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
  const seconds = (performance.now() - start) / 1_000;
  pace.stop();
  const enough = new AbortController();
  await Promise.race([Promise.all(lives), wait(patience, enough.signal)]);
  enough.abort();
  const { connected } = tally;
  tally.isClosed = true;
  await Promise.all(bots.map((bot) => bot.close()));
  tally.connected = connected;
  return seconds;
}

/** Waits, but no longer than until the signal. */
async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    // It rejects for no other reason than the signal.
  }
}
