import { ServiceBroker } from "moleculer";
import { answer } from "../../../harness/answer.js";
import { inFlight } from "../../harness/load.js";
import { benchService } from "../moleculer.js";
import type { Meeting } from "./meeting.js";

// The options of its AMQP transporter that make it fast: more than one message at a time, and no waiting for more
// bytes to send. JSON is its default serializer, and the fastest of those that need no schema.
function createBroker({ url, application, variant }: Meeting, nodeID: string): ServiceBroker {
  const tuned = { prefetch: 256, socketOptions: { noDelay: true } };
  return new ServiceBroker({
    logger: false,
    namespace: application,
    nodeID,
    transporter: { type: "AMQP", options: { url, ...(variant === "tuned" && tuned) } },
  });
}

async function serve(meeting: Meeting): Promise<void> {
  const broker = createBroker(meeting, "callee");
  broker.createService(benchService(true));
  await broker.start();
}

let broker: ServiceBroker | undefined;

async function open(meeting: Meeting): Promise<void> {
  broker = createBroker(meeting, "caller");
  await broker.start();
  await broker.waitForServices("bench", 10_000, 50);
}

answer({
  serve,
  open,
  ...inFlight((profile) => {
    if (broker === undefined) throw new Error("the caller is not open");
    return broker.call("bench.pass", profile);
  }),
});
