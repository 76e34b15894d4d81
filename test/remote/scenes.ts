import { deferred } from "../call/stage.js";
import { type Node, Nodes } from "./nodes.js";

export function pair() {
  const nodes = new Nodes();
  return { nodes, network: nodes.network, caller: nodes.node("caller"), callee: nodes.node("callee") };
}

/** A caller and two nodes that run the same. */
export function trio() {
  const nodes = new Nodes();
  return {
    nodes,
    network: nodes.network,
    caller: nodes.node("caller"),
    one: nodes.node("one"),
    two: nodes.node("two"),
  };
}

export const idempotent = { idempotent: true };

/** Methods whose handlers go on when they are told to; `runs` has a line for each time one started. */
export async function gates(nodes: Nodes, hosts: readonly Node[]) {
  const runs: string[] = [];
  const gate = deferred<void>();
  const handler = async ([tag = ""]: string[]) => {
    runs.push(tag);
    await gate.promise;
    return [`${tag} done`];
  };
  const once = await nodes.method(handler, hosts);
  const again = await nodes.method(handler, hosts, idempotent);
  return { once, again, runs, open: gate.resolve };
}
