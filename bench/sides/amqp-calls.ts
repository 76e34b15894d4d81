import type { AmqpLog } from "../../runtime/amqp/amqp-options.js";
import { createAmqpTransport } from "../../runtime/amqp/amqp-transport.js";
import { answer } from "../harness/answer.js";
import { profiles, rotate } from "../sample.js";
import type { AmqpPlace } from "./amqp-place.js";
import { startNode, stubOf } from "./bench-node.js";
import { type CallPlan, CallsInFlight } from "./calls-in-flight.js";

// Calls of a stub to a module in another process, whole: checked on both sides, with deadlines.
const quiet: AmqpLog = { info() {}, warn: console.error, error: console.error };

let send: (slot: number) => void = () => {};
const load = new CallsInFlight((slot) => send(slot));

async function start({ url, application }: AmqpPlace, node: string, module: "here" | "process") {
  const broker = createAmqpTransport({ urls: [url], node, application, log: quiet });
  const parts = await startNode({ node, ways: { broker }, module });
  await broker.ready;
  return parts;
}

async function serve(place: AmqpPlace): Promise<void> {
  await start(place, "bench.callee", "here");
}

async function open(place: AmqpPlace): Promise<void> {
  const bench = stubOf(await start(place, "bench.caller", "process"));
  const next = rotate(profiles);
  send = (slot) => {
    bench.pass(next()).then(() => load.onAnswer(slot));
  };
}

answer({ serve, open, run: (plan: CallPlan) => load.run(plan), cpu: () => process.cpuUsage() });
