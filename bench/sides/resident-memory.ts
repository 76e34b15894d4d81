import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
// The flag puts `gc` into contexts that are made from now on.
const collectGarbage: () => void = runInNewContext("gc");

/** What this process has in memory, in bytes. */
export interface ResidentMemory {
  /** As it is. */
  readonly now: number;
  /** Once what nobody needs has been thrown away, and the system has got back what V8 gives back. */
  readonly settled: number;
}

export async function readResidentMemory(): Promise<ResidentMemory> {
  const now = process.memoryUsage.rss();
  // V8 shrinks its young generation, and gives pages back, only in the collections that follow one.
  for (let times = 0; times < 5; times++) {
    collectGarbage();
    await sleep(300);
  }
  return { now, settled: process.memoryUsage.rss() };
}
