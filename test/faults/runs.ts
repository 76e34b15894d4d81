import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** How often each call has run, by its id: what the processes that ran them have written down. */
export async function readRuns(folder: string): Promise<ReadonlyMap<number, number>> {
  const runs = new Map<number, number>();
  for (const file of await readdir(folder)) {
    for (const line of (await readFile(join(folder, file), "utf8")).split("\n")) {
      if (line !== "") runs.set(Number(line), (runs.get(Number(line)) ?? 0) + 1);
    }
  }
  return runs;
}
