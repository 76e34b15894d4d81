import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { answer } from "../../../harness/answer.js";
import type { Profile } from "../../../idl/bench.js";
import { inFlight } from "../../harness/load.js";

// The least that it can be: one message there, one back.
if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  const pending = new Map<number, (profile: Profile) => void>();
  let calls = 0;
  worker.on("message", ([id, profile]: [number, Profile]) => {
    pending.get(id)?.(profile);
    pending.delete(id);
  });
  answer({
    open() {},
    ...inFlight(
      (profile) =>
        new Promise((resolve) => {
          pending.set(++calls, resolve);
          worker.postMessage([calls, profile]);
        }),
    ),
  });
} else {
  parentPort?.on("message", (message) => parentPort?.postMessage(message));
}
