import { afterEach, describe, expect, test } from "vitest";
import type { Delivery } from "../../runtime/transport/transport.js";
import { useBroker } from "../setup/rabbitmq.js";
import { eventually } from "./eventually.js";
import { closeNodes, freshApplication } from "./node.js";
import { expectService, module, startPair } from "./pair.js";

const broker = useBroker();
const application = freshApplication();
const options = { urls: [broker.url], application, settlingTime: 2_000 };

afterEach(closeNodes);

/** How many messages of the module's queue are with a server, and not done with. */
async function unacknowledged(): Promise<string[]> {
  const rows = await broker.ctl(
    "list_queues",
    "--quiet",
    "--no-table-headers",
    "name",
    "messages_unacknowledged",
  );
  return rows
    .map((row) => row.split("\t"))
    .flatMap(([name = "", count = ""]) =>
      name.startsWith(application) && name.endsWith("Lobby") ? [count] : [],
    );
}

describe.runIf(broker.isOwn)("while the broker takes nothing", () => {
  test("no more waits than may, and what waited arrives in order", async () => {
    const [caller, server] = await startPair({ ...options, maxWaitingBytes: 4_000_000 });
    await expectService(caller, server);
    const had = server.received.length;
    // It blocks a connection when something is published on it.
    await broker.ctl("set_vm_memory_high_watermark", "0.0001");
    let sent = 0;
    try {
      await eventually(async () => {
        for (let index = 0; index < 20; index++)
          caller.send(module, [sent++, new Uint8Array(10_000)], 60_000);
        return caller.returned.length > 0;
      });
    } finally {
      await broker.ctl("set_vm_memory_high_watermark", "0.4");
    }
    expect(caller.returned.every(({ why }) => why === "full")).toBe(true);
    const refused = new Set(caller.returned.map(({ frame }) => frame[0]));
    await server.has(had + sent - refused.size);
    const arrived = server
      .frames()
      .slice(had)
      .map(([index]) => index)
      .filter((index) => typeof index === "number");
    expect(arrived).toEqual(
      Array.from({ length: sent }, (_, index) => index).filter((index) => !refused.has(index)),
    );
  });

  test("no message is acknowledged whose answer has not left", async () => {
    const [caller, server] = await startPair(options);
    await expectService(caller, server);
    let question: Delivery | undefined;
    server.onFrame = ([kind], delivery) => {
      if (kind === "a question") question = delivery;
      else delivery.done();
    };
    caller.send(module, ["a question"]);
    await eventually(() => question !== undefined);
    const had = caller.received.length;
    await broker.ctl("set_vm_memory_high_watermark", "0.0001");
    try {
      await eventually(() => {
        server.send({ kind: "node", node: caller.id }, ["anything"]);
        return server.transport.state === "blocked";
      });
      server.send({ kind: "node", node: caller.id }, ["the answer"]);
      question?.done();
      expect(await unacknowledged()).toEqual(["1"]);
    } finally {
      await broker.ctl("set_vm_memory_high_watermark", "0.4");
    }
    await eventually(() => caller.frames().slice(had).flat().includes("the answer"));
    await expectService(caller, server);
    await eventually(async () => (await unacknowledged()).join() === "0");
  });
});
