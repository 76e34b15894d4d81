import type { BenchStub } from "../../../generated/stubs/bench.js";
import { answer } from "../../../harness/answer.js";
import { startCallee, startCaller } from "../../../sides/amqp-nodes.js";
import type { AmqpPlace } from "../../../sides/amqp-place.js";
import { inFlight } from "../../harness/load.js";

let bench: BenchStub | undefined;

async function open(place: AmqpPlace): Promise<void> {
  bench = await startCaller(place);
}

answer({
  serve: startCallee,
  open,
  ...inFlight((profile) => {
    if (bench === undefined) throw new Error("the caller is not open");
    return bench.pass(profile);
  }),
});
