import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { profileCodec } from "../generated/codecs/bench.js";
import { answer } from "../harness/answer.js";
import { profiles, rotate } from "../sample.js";
import { type CallPlan, CallsInFlight } from "./calls-in-flight.js";

// The least that a call to another thread can be: one message there, one back.
if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  const next = rotate(profiles);
  const load = new CallsInFlight((slot) => worker.postMessage([slot, profileCodec.write(next())]));
  worker.on("message", ([slot]: [number]) => load.onAnswer(slot));
  answer({ run: (plan: CallPlan) => load.run(plan) });
} else {
  parentPort?.on("message", (message) => parentPort?.postMessage(message));
}
