import { ServiceBroker } from "moleculer";
import { answer } from "../../../harness/answer.js";
import { oneByOne } from "../../harness/load.js";
import { benchService } from "../moleculer.js";

/** `bare` looks at nothing; `timed` also has a deadline, as every call of Antwire has. */
export type Variant = "bare" | "checked" | "timed";

let broker: ServiceBroker | undefined;

// Metrics, tracing and tracking are off by default.
async function open(variant: Variant): Promise<void> {
  broker = new ServiceBroker({
    logger: false,
    validator: variant !== "bare",
    requestTimeout: variant === "timed" ? 10_000 : 0,
  });
  broker.createService(benchService(variant !== "bare"));
  await broker.start();
}

answer({
  open,
  ...oneByOne((profile) => {
    if (broker === undefined) throw new Error("the broker is not open");
    return broker.call("bench.pass", profile);
  }),
});
