import type { AmqpLog } from "../../../../runtime/amqp/amqp-options.js";
import { createAmqpTransport } from "../../../../runtime/amqp/amqp-transport.js";
import type { BenchStub } from "../../../generated/stubs/bench.js";
import { answer } from "../../../harness/answer.js";
import type { AmqpPlace } from "../../../sides/amqp-place.js";
import { startNode, stubOf } from "../../../sides/bench-node.js";
import { inFlight } from "../../harness/load.js";

const quiet: AmqpLog = { info() {}, warn: console.error, error: console.error };

async function start({ url, application }: AmqpPlace, node: string, module: "here" | "process") {
  const broker = createAmqpTransport({ urls: [url], node, application, log: quiet });
  const parts = await startNode({ node, ways: { broker }, module });
  await broker.ready;
  return parts;
}

async function serve(place: AmqpPlace): Promise<void> {
  await start(place, "bench.callee", "here");
}

let bench: BenchStub | undefined;

async function open(place: AmqpPlace): Promise<void> {
  bench = stubOf(await start(place, "bench.caller", "process"));
}

answer({
  serve,
  open,
  ...inFlight((profile) => {
    if (bench === undefined) throw new Error("the caller is not open");
    return bench.pass(profile);
  }),
});
