// A process that serves a module, has at most ten messages at a time and does with the even frames only, for tests that
// kill it.
import { createAmqpTransport } from "../../runtime/amqp/amqp-transport.js";

const [url = "", application = ""] = process.argv.slice(2);
const transport = createAmqpTransport({
  urls: [url],
  node: `server.${process.pid}`,
  application,
  prefetch: 10,
  log: console,
});
transport.listen({
  onFrame(frame, delivery) {
    const index = Number(frame[0]);
    if (index % 2 === 0) {
      transport.lane({ kind: "node", node: delivery.from }).send(["done", index], 10_000);
      delivery.done();
    }
    console.log(`took ${index}`);
  },
  onUndelivered() {},
  onInterrupted() {},
  onNodeGone() {},
});
await transport.serve("Lobby");
console.log("serving");
