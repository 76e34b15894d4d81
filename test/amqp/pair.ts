import { expect } from "vitest";
import type { AmqpOptions } from "../../runtime/amqp/amqp-options.js";
import type { Address } from "../../runtime/transport/transport.js";
import { eventually } from "./eventually.js";
import { type Node, startNode } from "./node.js";

export const module: Address = { kind: "module", module: "Lobby" };
const topic: Address = { kind: "topic", topic: "all" };

/** A caller, and a server that serves a module and listens to a topic. */
export async function startPair(
  options: Partial<AmqpOptions> & Pick<AmqpOptions, "urls">,
): Promise<[Node, Node]> {
  const pair = await Promise.all([startNode(options), startNode(options)]);
  await pair[1].transport.serve("Lobby");
  await pair[1].transport.subscribe("all");
  return pair;
}

/** Whether frames get through to all addresses of a server, sent once. */
export async function expectService(caller: Node, server: Node): Promise<void> {
  const had = server.received.length;
  caller.send(module, ["module"]);
  caller.send({ kind: "node", node: server.id }, ["node"]);
  await server.has(had + 2);
  // A topic has no way to tell that nobody listens yet.
  await eventually(() => {
    caller.send(topic, ["topic"]);
    return server.frames().some(([kind], index) => index >= had && kind === "topic");
  });
  expect(caller.returned).toEqual([]);
}
