import { expect, test } from "vitest";
import { startApplication } from "./application.js";
import * as contracts from "./contracts.js";
import { eventually } from "./eventually.js";
import { admitted, connectPacket, publish, RawClient } from "./raw-client.js";

const foreignTopics = [
  "re/1",
  "on/Room/said",
  "json/on/Room/said",
  "$SYS/broker",
  "chat",
  "rpc",
  "rpc/Room",
  "rpc/Room/note/1/2",
  "/rpc/Room/note",
  "RPC/Room/note",
  "a".repeat(256),
];

test("nothing published to a topic that means nothing has an effect, and the connection stays", async () => {
  await using app = await startApplication();
  using listener = await admitted(app.mqttPort);
  await listener.subscribe("#", "re/#", "on/#", "json/on/#");
  using client = await admitted(app.mqttPort);
  for (const [i, topic] of foreignTopics.entries()) {
    client.publish(topic, "[1]", { qos: 1, id: i + 1 });
    expect(await client.next("puback")).toMatchObject({ messageId: i + 1 });
  }
  await client.settle();
  await listener.settle();
  expect(client.packets).toEqual([]);
  expect(listener.packets).toEqual([]);
  expect(app.notes).toEqual([]);
  expect(app.gateway.refusals["unknown-topic"]).toBe(foreignTopics.length);
});

test.each(["#", "a/+/b"])("publishing to a wildcard such as %s ends the connection", async (topic) => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  // By hand, because mqtt-packet does not write it.
  client.write(Buffer.from([0x30, topic.length + 2, 0, topic.length, ...Buffer.from(topic)]));
  await client.closed();
});

test.each([
  "$SYS/#",
  "$SYS/broker/clients",
  "$share/group/on/#",
  "rpc/#",
  "+/Room/said",
  "+/#",
  "json/#",
  "json/+/Room/said",
  "json",
  "on",
  "re",
  "cancel/1",
  "/on/Room/said",
  "on/Room/#/x",
  "on/Ro+m",
  "on/Room#",
  `on/${"a".repeat(300)}`,
])("the filter %s is refused or ends the connection", async (filter) => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  const granted = await client.subscribe(filter).catch(() => "closed");
  expect(["closed", [0x80]]).toContainEqual(granted);
});

test("each filter of a packet gets an answer of its own", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  expect(await client.subscribe("on/#", "$SYS/#", "re/#", "#", "json/on/Room/said", "rpc/#")).toEqual([
    0, 0x80, 0, 0, 0, 0x80,
  ]);
  expect(app.gateway.refusals.subscriptions).toBe(2);
});

test("filters of a session are bounded", async () => {
  await using app = await startApplication({ limits: { subscriptions: 3 } });
  using client = await admitted(app.mqttPort);
  expect(await client.subscribe("on/a", "on/b", "on/c", "on/d")).toEqual([0, 0, 0, 0x80]);
  expect(await client.subscribe("on/a")).toEqual([0]);
  client.send({ cmd: "unsubscribe", messageId: 8, unsubscriptions: ["on/a"] });
  await client.next("unsuback");
  expect(await client.subscribe("on/d")).toEqual([0]);
});

test("replies go to the caller alone, subscribed or not", async () => {
  await using app = await startApplication();
  using ann = await admitted(app.mqttPort);
  using bob = await admitted(app.mqttPort);
  await bob.subscribe("re/#", "#");
  ann.publish("rpc/Room/note/1", "[5]");
  expect(await ann.json()).toEqual({ ok: 5 });
  await bob.settle();
  expect(bob.packets).toEqual([]);
});

test("a client that subscribed to its replies gets each once", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  await client.subscribe("re/1", "re/#");
  client.publish("rpc/Room/note/1", "[5]");
  expect(await client.json()).toEqual({ ok: 5 });
  await client.settle();
  expect(client.packets).toEqual([]);
});

test("retained messages are not kept", async () => {
  await using app = await startApplication();
  using ann = await admitted(app.mqttPort);
  for (const topic of ["on/Room/said", "re/1", "rpc/Room/note"]) {
    ann.send({ ...publish(topic, "[5]"), retain: true } as never);
  }
  await ann.settle();
  using bob = await admitted(app.mqttPort);
  await bob.subscribe("on/#", "re/#");
  await bob.settle();
  expect(bob.packets).toEqual([]);
  // Retain is ignored, so the call is one like any other.
  expect(app.notes).toEqual([5]);
});

test("wills are accepted and never published, not even to call something", async () => {
  await using app = await startApplication();
  using bob = await admitted(app.mqttPort);
  await bob.subscribe("#", "json/on/#");
  for (const topic of ["rpc/Room/note", "on/Room/said"]) {
    const ann = await admitted(app.mqttPort, {
      will: { topic, payload: Buffer.from("[6]"), qos: 1, retain: true },
    });
    ann[Symbol.dispose]();
  }
  await eventually(() => app.ended.length).toBe(2);
  await bob.settle();
  expect(bob.packets).toEqual([]);
  expect(app.notes).toEqual([]);
});

test("a client id is no identity: a second client with it is another session and throws nobody out", async () => {
  await using app = await startApplication();
  using first = await admitted(app.mqttPort, { clientId: "Ann" });
  using second = await admitted(app.mqttPort, { clientId: "Ann" });
  using third = await admitted(app.mqttPort, { clientId: "" });
  for (const client of [first, second, third]) {
    client.publish("rpc/Room/note/1", "[1]");
    expect(await client.json()).toEqual({ ok: 1 });
  }
  expect(new Set(app.sessions.map(({ id }) => id)).size).toBe(3);
  expect(app.sessions.map(({ id }) => id)).not.toContain("Ann");
});

test("no session is resumed, whatever the client asks for", async () => {
  await using app = await startApplication();
  const first = await admitted(app.mqttPort, { clientId: "Ann", clean: false });
  await first.subscribe("on/#");
  first[Symbol.dispose]();
  await eventually(() => app.ended.length).toBe(1);
  using second = new RawClient(app.mqttPort);
  second.send(connectPacket({ clientId: "Ann", clean: false }));
  expect(await second.next("connack")).toMatchObject({ returnCode: 0, sessionPresent: false });
  app.gateway.push(contracts.moved, { kind: "all" }, 1);
  await second.settle();
  expect(second.packets).toEqual([]);
});
