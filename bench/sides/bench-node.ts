import { assembleNode, type NodeParts } from "../../runtime/process/assemble-node.js";
import { createLog } from "../../runtime/process/log.js";
import type { Ways } from "../../runtime/process/network.js";
import { directStderr } from "../../runtime/thread/direct-stderr.js";
import type { NodeId } from "../../runtime/transport/transport.js";
import { Rpc } from "../generated/rpc.js";
import { defineBench, defineConfig } from "../generated/server.js";
import type { BenchStub } from "../generated/stubs/bench.js";

/** One of the two nodes between which calls are measured. */
export interface BenchNode {
  readonly node: NodeId;
  readonly ways: Ways;
  /** Where the module runs: on this node, on another thread of the process, or in another process. */
  readonly module: "here" | "thread" | "process";
}

export const log = createLog("text", directStderr);

const bench = defineBench(() => ({
  echo: (_session, profile) => profile,
  pass: async (profile) => profile,
  plan: (_session, day) => day,
  listen() {},
}));

/** Starts a node as a process assembles it, with the module or without. */
export async function startNode({ node, ways, module }: BenchNode): Promise<NodeParts> {
  const parts = await assembleNode({
    configured: defineConfig({ modules: { bench: async () => ({ default: bench }) } }),
    thread: { name: node, modules: module === "here" ? ["bench"] : [], hasGateway: false },
    node,
    neighbours: module === "thread" ? ["bench"] : [],
    ways,
    gateway: {},
    log,
  });
  await parts.lifeCycle.start();
  await parts.network?.serve(parts.modules.map(({ name }) => name));
  return parts;
}

/** The module's stub, as the modules of a node have it. */
export function stubOf({ core }: NodeParts): BenchStub {
  const rpc = core.createRpc();
  if (!(rpc instanceof Rpc)) throw new Error("the stubs are those of another program");
  return rpc.bench;
}
