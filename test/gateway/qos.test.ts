import { expect, test } from "vitest";
import { startApplication } from "./application.js";
import { admitted } from "./raw-client.js";

test("a call of QoS 1 is acknowledged when it was taken, not when it has ended", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/wait/1", "", { qos: 1, id: 300 });
  expect(await client.next("puback")).toMatchObject({ messageId: 300 });
  expect(app.waiting).toHaveLength(1);
});

test("a call of QoS 2 runs once, however often the message comes before it is released", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  for (let i = 0; i < 3; i++) {
    client.publish("rpc/Room/note", "[5]", { qos: 2, id: 9 });
    expect(await client.next("pubrec")).toMatchObject({ messageId: 9 });
  }
  expect(app.notes).toEqual([5]);
  client.send({ cmd: "pubrel", messageId: 9 });
  expect(await client.next("pubcomp")).toMatchObject({ messageId: 9 });
  client.publish("rpc/Room/note", "[6]", { qos: 2, id: 9 });
  await client.next("pubrec");
  expect(app.notes).toEqual([5, 6]);
});

test("a PUBREL for nothing is answered", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.send({ cmd: "pubrel", messageId: 1 });
  expect(await client.next("pubcomp")).toMatchObject({ messageId: 1 });
});

test("a client that never releases its messages of QoS 2 is disconnected at a bound", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  for (let id = 1; id <= 300; id++) client.publish("nothing", "", { qos: 2, id });
  await client.closed();
});

test("the replies to calls of any QoS come with QoS 0", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  for (const qos of [0, 1, 2] as const) {
    client.publish(`rpc/Room/note/${qos}`, "[1]", { qos, id: 5 });
    expect(await client.next("publish")).toMatchObject({ qos: 0, retain: false, dup: false });
  }
});

test("what answers messages that were never sent is ignored", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.send(
    { cmd: "puback", messageId: 5 },
    { cmd: "pubrec", messageId: 5 },
    { cmd: "pubcomp", messageId: 5 },
  );
  await client.settle();
  expect(client.packets).toEqual([]);
});
