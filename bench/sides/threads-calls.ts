import { answer } from "../harness/answer.js";
import { profiles, rotate } from "../sample.js";
import { type CallPlan, CallsInFlight } from "./calls-in-flight.js";
import { startTwoThreads } from "./two-threads.js";

// Calls of a stub to a module in another thread, whole: checked on both sides, with deadlines.
const bench = await startTwoThreads();
if (bench !== undefined) {
  const next = rotate(profiles);
  const load = new CallsInFlight((slot) => {
    bench.pass(next()).then(() => load.onAnswer(slot));
  });
  answer({ run: (plan: CallPlan) => load.run(plan) });
}
