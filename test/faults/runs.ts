import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { CallRecord } from "./call-record.js";

/**
 * Calls that have run more often than they may, or never and were answered.
 *
 * @param folder where the processes that ran them have written that down
 */
export async function findWrongRuns(folder: string, calls: readonly CallRecord[]): Promise<string[]> {
  const runs = await readRuns(folder);
  return calls.flatMap(({ id, kind, outcome }) => {
    const times = runs.get(id) ?? 0;
    const isWrong = (kind !== "again" && times > 1) || (outcome === "ok" && times === 0);
    return isWrong ? [`${kind} ${id}: ${outcome}, run ${times} times`] : [];
  });
}

/** How often each call has run, by its id. */
async function readRuns(folder: string): Promise<ReadonlyMap<number, number>> {
  const runs = new Map<number, number>();
  for (const file of await readdir(folder)) {
    for (const line of (await readFile(join(folder, file), "utf8")).split("\n")) {
      if (line !== "") runs.set(Number(line), (runs.get(Number(line)) ?? 0) + 1);
    }
  }
  return runs;
}
