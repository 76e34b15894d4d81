import { isMainThread } from "node:worker_threads";
import { Piscina } from "piscina";
import { answer } from "../../../harness/answer.js";
import type { Profile } from "../../../idl/bench.js";
import { inFlight } from "../../harness/load.js";

/** The task, which piscina looks for in the worker. */
export default function pass(profile: Profile): Profile {
  return profile;
}

if (isMainThread) {
  const pool = new Piscina({
    filename: import.meta.url,
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: 256,
  });
  answer({ open() {}, ...inFlight((profile) => pool.run(profile)) });
}
