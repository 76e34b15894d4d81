import { Worker } from "node:worker_threads";
import { firstEntry } from "./first-entry.js";
import type { Birth } from "./worker-protocol.js";

/** Starts the thread. */
export function openWorker(birth: Birth<unknown>): Worker {
  return new Worker(firstEntry(birth.entry), {
    name: birth.thread.name,
    workerData: birth,
    transferList: birth.links.map(({ port }) => port),
  });
}
