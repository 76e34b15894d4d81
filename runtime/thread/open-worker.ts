import { Worker } from "node:worker_threads";
import type { Birth } from "./worker-protocol.js";

const typescriptEntry = new URL("./typescript-entry.mjs", import.meta.url);

/** Starts the thread; runs its entry as TypeScript where that is what it is. */
export function openWorker(birth: Birth<unknown>): Worker {
  const entry = birth.entry.endsWith(".ts") ? typescriptEntry : new URL(birth.entry);
  return new Worker(entry, {
    name: birth.thread.name,
    workerData: birth,
    transferList: birth.links.map(({ port }) => port),
  });
}
