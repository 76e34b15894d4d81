import type { AmqpLog } from "../../runtime/amqp/amqp-options.js";
import { createAmqpTransport } from "../../runtime/amqp/amqp-transport.js";
import type { BenchStub } from "../generated/stubs/bench.js";
import type { AmqpPlace } from "./amqp-place.js";
import { startNode, stubOf } from "./bench-node.js";

const quiet: AmqpLog = { info() {}, warn: console.error, error: console.error };

/** Starts the node that answers. */
export async function startCallee(place: AmqpPlace): Promise<void> {
  await start(place, "bench.callee", "here");
}

/** Starts the node that calls. Resolves with the stub of the module on the other. */
export async function startCaller(place: AmqpPlace): Promise<BenchStub> {
  return stubOf(await start(place, "bench.caller", "process"));
}

async function start({ url, application }: AmqpPlace, node: string, module: "here" | "process") {
  const broker = createAmqpTransport({ urls: [url], node, application, log: quiet });
  const parts = await startNode({ node, ways: { broker }, module });
  await broker.ready;
  return parts;
}
