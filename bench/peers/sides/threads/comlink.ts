import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { expose, wrap } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter.mjs";
import { answer } from "../../../harness/answer.js";
import type { Profile } from "../../../idl/bench.js";
import { inFlight } from "../../harness/load.js";

const bench = {
  pass: (profile: Profile) => profile,
};

if (isMainThread) {
  const remote = wrap<typeof bench>(nodeEndpoint(new Worker(new URL(import.meta.url))));
  answer({ open() {}, ...inFlight((profile) => remote.pass(profile)) });
} else if (parentPort !== null) {
  expose(bench, nodeEndpoint(parentPort));
}
