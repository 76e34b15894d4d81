import { isMainThread } from "node:worker_threads";
import { runWorker } from "../../runtime/thread/run-worker.js";
import type { ThreadLog } from "../../runtime/thread/thread-log.js";
import { WorkerThreads } from "../../runtime/thread/worker-threads.js";
import type { Lane } from "../../runtime/transport/transport.js";
import { profileCodec } from "../generated/codecs/bench.js";
import { answer } from "../harness/answer.js";
import { profiles, rotate } from "../sample.js";
import { type CallPlan, CallsInFlight } from "./calls-in-flight.js";

// The same arrays as frames of the thread transport, without the calls above it. Each is written anew: structured
// clone writes an array that it meets twice in a message only once.
const lifetime = 10_000;
const log: ThreadLog = {
  info: () => {},
  warn: (_, message) => console.error(message),
  error: (_, message) => console.error(message),
};
const others = { onUndelivered() {}, onInterrupted() {}, onNodeGone() {} };

if (isMainThread) {
  const threads = new WorkerThreads({
    entry: new URL(import.meta.url),
    plans: [{ name: "echo", modules: [], data: null }],
    main: { name: "main", modules: [], node: "main" },
    createNode: (name) => name,
    log,
  });
  const lane = threads.transport.lane({ kind: "node", node: "echo" });
  const next = rotate(profiles);
  const load = new CallsInFlight((slot) => lane.send([slot, profileCodec.write(next())], lifetime));
  threads.transport.listen({ ...others, onFrame: ([slot]) => load.onAnswer(Number(slot)) });
  await threads.start();
  answer({ run: (plan: CallPlan) => load.run(plan) });
} else {
  runWorker({
    createLog: () => log,
    async start({ transport }) {
      let back: Lane | undefined;
      transport.listen({
        ...others,
        onFrame(frame, { from }) {
          back ??= transport.lane({ kind: "node", node: from });
          back.send(frame, lifetime);
        },
      });
      return { stop() {} };
    },
  });
}
