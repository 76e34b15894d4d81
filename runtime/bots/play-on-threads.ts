import { Worker } from "node:worker_threads";
import { firstEntry } from "../thread/first-entry.js";
import type { Plan } from "./play.js";
import type { RunState } from "./run-state.js";
import type { Tally, TallyTold } from "./tally.js";
import type { FromThread, ThreadBirth, ToThread } from "./thread-message.js";

export interface ThreadsOptions {
  readonly threads: number;
  /** The scenario's file. */
  readonly file: string;
  readonly plan: Plan;
  /** Gets what all threads have counted, at the end. */
  readonly tally: Tally;
  /** Ends the run before its time. */
  readonly signal: AbortSignal;
  /** Hears of each thread how it goes. */
  onState(thread: number, state: RunState): void;
}

const entryFile = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./bots-worker.js";
const entry = new URL(entryFile, import.meta.url).href;

/**
 * Lets bots play on worker threads, which begin and end together. Resolves with the seconds that it took. Rejects with
 * what a thread threw, and then no thread runs any more.
 */
export async function playOnThreads(options: ThreadsOptions): Promise<number> {
  const { threads: of, file, plan, signal, tally } = options;
  const threads = Array.from({ length: of }, (_, index) => {
    const birth: ThreadBirth = { entry, file, plan, index, of };
    return new Worker(firstEntry(entry), { name: `bots ${index + 1}`, workerData: birth });
  });
  const tellAll = (message: ToThread) => {
    for (const thread of threads) thread.postMessage(message);
  };
  const stop = () => tellAll("stop");
  signal.addEventListener("abort", stop);
  let preparing = of;
  const ends = threads.map(
    (thread, index) =>
      new Promise<{ readonly seconds: number; readonly tally: TallyTold }>((resolve, reject) => {
        thread.on("message", (message: FromThread) => {
          if (message.kind === "state") options.onState(index, message.state);
          else if (message.kind === "end") resolve(message);
          else if (--preparing === 0) tellAll(signal.aborted ? "stop" : "start");
        });
        thread.once("error", reject);
        thread.once("exit", (code) => reject(new Error(`A thread of bots ended with ${code}`)));
      }),
  );
  try {
    const told = await Promise.all(ends);
    for (const { tally: own } of told) tally.add(own);
    return Math.max(...told.map(({ seconds }) => seconds));
  } finally {
    signal.removeEventListener("abort", stop);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
