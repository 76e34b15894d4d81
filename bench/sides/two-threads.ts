import { isMainThread } from "node:worker_threads";
import { runWorker } from "../../runtime/thread/run-worker.js";
import { WorkerThreads } from "../../runtime/thread/worker-threads.js";
import type { BenchStub } from "../generated/stubs/bench.js";
import { log, startNode, stubOf } from "./bench-node.js";

/**
 * Starts the module in another thread, which runs the same bundle. Resolves with its stub in the main thread,
 * with undefined in the other.
 */
export async function startTwoThreads(): Promise<BenchStub | undefined> {
  if (!isMainThread) {
    runWorker({
      createLog: () => log,
      async start({ node, transport }) {
        await startNode({ node, ways: { threads: transport }, module: "here" });
        return { stop() {} };
      },
    });
    return undefined;
  }
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
  return bench;
}
