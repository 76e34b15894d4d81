import { isMainThread } from "node:worker_threads";
import { runWorker } from "../../runtime/thread/run-worker.js";
import { WorkerThreads } from "../../runtime/thread/worker-threads.js";
import { answer } from "../harness/answer.js";
import { profiles, rotate } from "../sample.js";
import { log, startNode, stubOf } from "./bench-node.js";
import { type CallPlan, CallsInFlight } from "./calls-in-flight.js";

// Calls of a stub to a module in another thread, whole: checked on both sides, with deadlines.
if (isMainThread) {
  const threads = new WorkerThreads({
    entry: new URL(import.meta.url),
    plans: [{ name: "1", modules: ["bench"], data: null }],
    main: { name: "main", modules: [], node: "bench.main" },
    createNode: (name) => `bench.${name}`,
    log,
  });
  const ways = { threads: threads.transport };
  const bench = stubOf(await startNode({ node: "bench.main", ways, module: "thread" }));
  await threads.start();
  const next = rotate(profiles);
  const load = new CallsInFlight((slot) => {
    bench.pass(next()).then(() => load.onAnswer(slot));
  });
  answer({ run: (plan: CallPlan) => load.run(plan) });
} else {
  runWorker({
    createLog: () => log,
    async start({ node, transport }) {
      await startNode({ node, ways: { threads: transport }, module: "here" });
      return { stop() {} };
    },
  });
}
