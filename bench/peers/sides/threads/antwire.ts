import { isMainThread } from "node:worker_threads";
import { runWorker } from "../../../../runtime/thread/run-worker.js";
import { WorkerThreads } from "../../../../runtime/thread/worker-threads.js";
import { answer } from "../../../harness/answer.js";
import { log, startNode, stubOf } from "../../../sides/bench-node.js";
import { inFlight } from "../../harness/load.js";

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
  answer({ open() {}, ...inFlight((profile) => bench.pass(profile)) });
} else {
  runWorker({
    createLog: () => log,
    async start({ node, transport }) {
      await startNode({ node, ways: { threads: transport }, module: "here" });
      return { stop() {} };
    },
  });
}
