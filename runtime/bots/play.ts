import { once, setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { LiveBot } from "./live-bot.js";
import { watchLoop } from "./loop-delay.js";
import { createFreePace, createSteadyPace } from "./pace.js";
import type { Scenario } from "./scenario.js";
import { createSharedUnpack } from "./shared-unpack.js";
import type { Tally } from "./tally.js";

/** How many bots play, and for how long. */
export interface Plan {
  readonly url: string;
  readonly bots: number;
  /** Seconds in which they come, evenly spread. */
  readonly ramp: number;
  /** Seconds from the first bot to the end. */
  readonly duration: number;
  /** Rounds that begin in a second, over all bots; undefined for as many as they manage. */
  readonly rate: number | undefined;
}

export interface PlayOptions<Game> {
  readonly plan: Plan;
  /** Which of its bots play here: of each `of` one after another the one at `index`; by default all. */
  readonly share?: { readonly index: number; readonly of: number };
  readonly scenario: Scenario<Game>;
  readonly tally: Tally;
  /** Ends the run before its time. */
  readonly signal: AbortSignal;
}

/** Milliseconds that rounds have to end by themselves, once the run is over. */
const patience = 5_000;

/** Lets bots play, and takes them away again. Resolves with the seconds that it took until the end was called. */
export async function play<Game>(options: PlayOptions<Game>): Promise<number> {
  const { scenario, signal, tally } = options;
  const { bots: count, duration, ramp, rate, url } = options.plan;
  const { index, of } = options.share ?? { index: 0, of: 1 };
  const end = new AbortController();
  const over = end.signal;
  // Every bot that pauses listens to it.
  setMaxListeners(0, over);
  const stop = () => end.abort();
  const timer = setTimeout(stop, duration * 1_000);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  const stopWatching = watchLoop(tally.loopDelays);
  const share = Math.ceil((count - index) / of) / count;
  const pace = rate === undefined ? createFreePace() : createSteadyPace({ perSecond: rate * share, ramp });
  const unpack = createSharedUnpack();
  const start = performance.now();
  const bots: LiveBot<Game>[] = [];
  const lives: Promise<void>[] = [];
  for (let i = index; i < count; i += of) {
    const due = start + (ramp * 1_000 * i) / count;
    if (due - performance.now() > 1) await wait(due - performance.now(), over);
    if (over.aborted) break;
    const bot = new LiveBot(i, { url, scenario, tally, pace, unpack, signal: over });
    bots.push(bot);
    lives.push(bot.live());
  }
  if (!over.aborted) await once(over, "abort");
  clearTimeout(timer);
  signal.removeEventListener("abort", stop);
  const seconds = (performance.now() - start) / 1_000;
  tally.late = pace.stop();
  stopWatching();
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
