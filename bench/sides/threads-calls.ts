import { isMainThread } from "node:worker_threads";
import { assembleNode, type NodeParts } from "../../runtime/process/assemble-node.js";
import { createLog } from "../../runtime/process/log.js";
import { directStderr } from "../../runtime/thread/direct-stderr.js";
import { runWorker } from "../../runtime/thread/run-worker.js";
import { WorkerThreads } from "../../runtime/thread/worker-threads.js";
import type { NodeId, Transport } from "../../runtime/transport/transport.js";
import { Rpc } from "../generated/rpc.js";
import { defineBench, defineConfig } from "../generated/server.js";
import { answer } from "../harness/answer.js";
import { profiles, rotate } from "../sample.js";
import { type ThreadCalls, ThreadLoad } from "./threads-load.js";

// Calls of a stub to a module in another thread, whole: checked on both sides, with deadlines.
const log = createLog("text", directStderr);

/** A node as a process assembles it, with the module or as its neighbour. */
async function startNode(node: NodeId, transport: Transport, hasModule: boolean): Promise<NodeParts> {
  const parts = await assembleNode({
    configured: defineConfig({ modules: { bench: async () => ({ default: bench }) } }),
    thread: { name: node, modules: hasModule ? ["bench"] : [], hasGateway: false },
    node,
    neighbours: hasModule ? [] : ["bench"],
    ways: { threads: transport },
    gateway: {},
    log,
  });
  await parts.lifeCycle.start();
  await parts.network?.serve(parts.modules.map(({ name }) => name));
  return parts;
}

const bench = defineBench(() => ({
  echo: (_session, profile) => profile,
  pass: async (profile) => profile,
  plan: (_session, day) => day,
  listen() {},
}));

if (isMainThread) {
  const threads = new WorkerThreads({
    entry: new URL(import.meta.url),
    plans: [{ name: "1", modules: ["bench"], data: null }],
    main: { name: "main", modules: [], node: "bench.main" },
    createNode: (name) => `bench.${name}`,
    log,
  });
  const { core } = await startNode("bench.main", threads.transport, false);
  await threads.start();
  const rpc = core.createRpc();
  if (!(rpc instanceof Rpc)) throw new Error("the stubs are those of another program");
  const next = rotate(profiles);
  const load = new ThreadLoad((slot) => {
    rpc.bench.pass(next()).then(() => load.onAnswer(slot));
  });
  answer({ run: (calls: ThreadCalls) => load.run(calls) });
} else {
  runWorker({
    createLog: () => log,
    async start({ node, transport }) {
      await startNode(node, transport, true);
      return { stop() {} };
    },
  });
}
