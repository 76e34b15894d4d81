import { unpack } from "msgpackr";
import { describe, expect, test } from "vitest";
import type { Codec } from "../../runtime/codec/codec.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { startApplication } from "./application.js";
import * as contracts from "./contracts.js";
import { eventually } from "./eventually.js";
import { admitted, publish, type RawClient } from "./raw-client.js";

const line = { text: "hi", at: new Date(1000) };

test("a push reaches those who subscribed to it, each in the form of its topic", async () => {
  await using app = await startApplication();
  using packed = await admitted(app.mqttPort);
  await packed.subscribe("on/Room/said");
  using json = await admitted(app.mqttPort);
  await json.subscribe("json/on/Room/said");
  using both = await admitted(app.mqttPort);
  await both.subscribe("on/#", "json/on/#");
  using none = await admitted(app.mqttPort);
  await none.subscribe("re/#", "on/Score/moved");
  app.gateway.push(contracts.said, { kind: "all" }, line);

  const { topic, payload } = await packed.next("publish");
  expect([topic, unpack(Buffer.from(payload))]).toEqual(["on/Room/said", ["hi", 1000]]);
  expect(await json.message()).toEqual(["json/on/Room/said", '{"text":"hi","at":1000}']);
  expect([(await both.message())[0], (await both.message())[0]]).toEqual([
    "on/Room/said",
    "json/on/Room/said",
  ]);
  for (const client of [packed, json, both, none]) {
    await client.settle();
    expect(client.packets).toEqual([]);
  }
});

test.each(["#", "on/#", "on/+/said", "on/Room/+", "on/Room/#", "on/+/+", "on/Room/said/#", "on/Room/said"])(
  "the filter %s covers on/Room/said, and each push comes once",
  async (filter) => {
    await using app = await startApplication();
    using client = await admitted(app.mqttPort);
    await client.subscribe(filter, "on/Room/said");
    app.gateway.push(contracts.said, { kind: "all" }, line);
    expect((await client.message())[0]).toBe("on/Room/said");
    await client.settle();
    expect(client.packets).toEqual([]);
  },
);

test.each(["on/Score/#", "on/+", "on/Room", "on/+/+/+", "json/on/Score/+", "re/#"])(
  "the filter %s does not cover Room/said",
  async (filter) => {
    await using app = await startApplication();
    using client = await admitted(app.mqttPort);
    await client.subscribe(filter);
    app.gateway.push(contracts.said, { kind: "all" }, line);
    await client.settle();
    expect(client.packets).toEqual([]);
  },
);

test("who unsubscribes hears no more, unless another filter still covers it", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  await client.subscribe("on/Room/said", "on/#");
  for (const [filter, count] of [
    ["on/Room/said", 1],
    ["on/unknown", 1],
    ["on/#", 0],
  ] as const) {
    client.send({ cmd: "unsubscribe", messageId: 3, unsubscriptions: [filter] });
    await client.next("unsuback");
    app.gateway.push(contracts.said, { kind: "all" }, line);
    await client.settle();
    expect(client.packets.splice(0)).toHaveLength(count);
  }
});

describe("a push goes to", () => {
  test("one session, all sessions of a user, a group, or everybody", async () => {
    await using app = await startApplication();
    const clients: RawClient[] = [];
    for (const name of ["Ann", "Ann", "Bob", undefined]) {
      const client = await admitted(app.mqttPort);
      await client.subscribe("json/on/#");
      client.publish("rpc/Room/note/0", "[0]");
      await client.next("publish");
      if (name !== undefined) {
        client.publish("rpc/Room/enter/1", JSON.stringify([name]));
        await client.next("publish");
      }
      clients.push(client);
    }
    const push = async (audience: Parameters<typeof app.gateway.push>[1]) => {
      app.gateway.push(contracts.moved, audience, 1);
      for (const client of clients) await client.settle();
      return clients.map((client) => client.packets.splice(0).length);
    };
    expect(await push({ kind: "session", id: app.sessions[0]?.id ?? "" })).toEqual([1, 0, 0, 0]);
    expect(await push({ kind: "user", id: "Ann" })).toEqual([1, 1, 0, 0]);
    expect(await push({ kind: "group", id: "lobby" })).toEqual([1, 1, 1, 0]);
    expect(await push({ kind: "all" })).toEqual([1, 1, 1, 1]);
    expect(await push({ kind: "user", id: "nobody" })).toEqual([0, 0, 0, 0]);
    expect(await push({ kind: "session", id: "none" })).toEqual([0, 0, 0, 0]);
    await app.sessions[0]?.leave("lobby");
    await app.sessions[1]?.unbind();
    expect(await push({ kind: "group", id: "lobby" })).toEqual([0, 1, 1, 0]);
    expect(await push({ kind: "user", id: "Ann" })).toEqual([1, 0, 0, 0]);
    await app.sessions[0]?.bind("Eve");
    expect(await push({ kind: "user", id: "Ann" })).toEqual([0, 0, 0, 0]);
    expect(await push({ kind: "user", id: "Eve" })).toEqual([1, 0, 0, 0]);
    for (const client of clients) client[Symbol.dispose]();
  });
});

test("a value is encoded once for all members", async () => {
  await using app = await startApplication();
  let writes = 0;
  let copies = 0;
  const counting: Codec<contracts.Line> = {
    ...contracts.line,
    write(value) {
      writes++;
      return contracts.line.write(value);
    },
    copy(value) {
      copies++;
      return contracts.line.read(contracts.line.write(value));
    },
  };
  const clients = await Promise.all(Array.from({ length: 10 }, () => admitted(app.mqttPort)));
  const push = () => app.gateway.push({ ...contracts.said, value: counting }, { kind: "all" }, line);
  push();
  expect([writes, copies]).toEqual([1, 0]);
  for (const client of clients) await client.subscribe("on/#", "json/on/#");
  push();
  expect([writes, copies]).toEqual([2, 1]);
  for (const client of clients) {
    await client.next("publish");
    await client.next("publish");
    client[Symbol.dispose]();
  }
});

test("a value that does not fit is refused at once, even where nobody listens", async () => {
  await using app = await startApplication();
  const push = () => app.gateway.push(contracts.said, { kind: "all" }, { text: 5 });
  expect(push).toThrow(RpcError);
  expect(push).toThrow("text: expected a string");
});

test("what a call pushes is heard by the caller who subscribed right before it", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/enter/1", '["Ann"]');
  await client.next("publish");
  // In one chunk, without waiting for the SUBACK.
  client.send(
    { cmd: "subscribe", messageId: 1, subscriptions: [{ topic: "json/on/#", qos: 0 }] },
    publish("rpc/Room/say/2", '["hi"]'),
  );
  await client.next("suback");
  expect((await client.message())[0]).toBe("json/on/Room/said");
  expect((await client.message())[0]).toBe("re/2");
});

test("a granted QoS is what was asked for, and pushes come with QoS 0", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.send({
    cmd: "subscribe",
    messageId: 1,
    subscriptions: [
      { topic: "on/Room/said", qos: 1 },
      { topic: "on/#", qos: 2 },
    ],
  });
  expect(await client.next("suback")).toMatchObject({ granted: [1, 2] });
  app.gateway.push(contracts.said, { kind: "all" }, line);
  expect(await client.next("publish")).toMatchObject({ qos: 0 });
});

test("a client that does not read is disconnected at a bound, and nobody else notices", async () => {
  await using app = await startApplication({ limits: { queuedBytes: 100_000 } });
  using reader = await admitted(app.mqttPort);
  await reader.subscribe("on/#");
  using sleeper: RawClient = await admitted(app.mqttPort);
  await sleeper.subscribe("on/#");
  sleeper.stopReading();
  const big = { text: "x".repeat(10_000), at: new Date(0) };
  let pushed = 0;
  while (app.gateway.refusals["queued-bytes"] === 0 && pushed < 20_000) {
    app.gateway.push(contracts.said, { kind: "all" }, big);
    pushed++;
    await reader.next("publish");
  }
  expect(app.gateway.refusals["queued-bytes"]).toBe(1);
  await eventually(() => app.ended.length).toBe(1);
  expect(app.logged).toContainEqual(
    expect.objectContaining({ level: "warn", message: "A client reads too slowly" }),
  );
  await reader.settle();
});
