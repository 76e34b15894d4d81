import { answer } from "../harness/answer.js";
import { profiles, rotate } from "../sample.js";
import { startCallee, startCaller } from "./amqp-nodes.js";
import type { AmqpPlace } from "./amqp-place.js";
import { type CallPlan, CallsInFlight } from "./calls-in-flight.js";

// Calls of a stub to a module in another process, whole: checked on both sides, with deadlines.
let send: (slot: number) => void = () => {};
const load = new CallsInFlight((slot) => send(slot));

async function open(place: AmqpPlace): Promise<void> {
  const bench = await startCaller(place);
  const next = rotate(profiles);
  send = (slot) => {
    bench.pass(next()).then(() => load.onAnswer(slot));
  };
}

answer({ serve: startCallee, open, run: (plan: CallPlan) => load.run(plan), cpu: () => process.cpuUsage() });
