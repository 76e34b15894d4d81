import { openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { defineWork } from "../generated/server.js";
import type { Done } from "../idl/work.js";

export default defineWork(({ node, settings }) => {
  // Written at once, so that it is still known of a process that was killed.
  const runs = openSync(join(String(settings.runs), node), "a");
  let slowness = 0;

  async function work(id: number, milliseconds: number): Promise<Done> {
    writeSync(runs, `${id}\n`);
    const time = milliseconds + slowness;
    if (time > 0) await sleep(time);
    return { id, node };
  }

  return {
    once: work,
    again: work,
    note(id) {
      writeSync(runs, `${id}\n`);
    },
    slowDown(milliseconds) {
      slowness = milliseconds;
    },
    memory() {
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
    },
  };
});
