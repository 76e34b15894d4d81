import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
// The flag puts `gc` into contexts that are made from now on.
const collectGarbage: () => void = runInNewContext("gc");

/** Resident bytes of this process once it has been idle for a moment and has thrown away what it does not need. */
export async function readResidentMemory(): Promise<number> {
  for (let times = 0; times < 3; times++) {
    await sleep(200);
    collectGarbage();
  }
  return process.memoryUsage.rss();
}
