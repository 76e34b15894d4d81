import { pack, unpack } from "msgpackr";
import { expect, test } from "vitest";
import { startApplication } from "./application.js";
import { eventually } from "./eventually.js";
import { admitted } from "./raw-client.js";

test("a call in JSON is answered in JSON, on the topic of its id", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Score/top/abc-_9", "[2]");
  expect(await client.message()).toEqual(["re/abc-_9", '{"ok":["Ann","Bob"]}']);
});

test("arguments in JSON may go by name, in any order, and optional ones may be null or left out", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/enter/1", '{"name":"Ann"}');
  expect(await client.json()).toEqual({ ok: null });
  client.publish("rpc/Room/say/2", '{"at":1000,"text":"hi","unknown":{}}');
  expect(await client.json()).toEqual({ ok: { text: "hi", at: 1000 } });
  client.publish("rpc/Room/say/3", '{"text":"hi","at":null}');
  expect(await client.json()).toEqual({ ok: { text: "hi", at: 0 } });
  client.publish("rpc/Room/say/4", '["hi"]');
  expect(await client.json()).toEqual({ ok: { text: "hi", at: 0 } });
});

test("a call in MessagePack is answered in MessagePack", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort, {});
  client.publish("rpc/Room/enter/1", pack(["Ann"]));
  const { payload } = await client.next("publish");
  expect(unpack(Buffer.from(payload))).toEqual([0, null]);
  client.publish("rpc/Room/say/2", pack(["hi", 1000]));
  const said = await client.next("publish");
  expect(unpack(Buffer.from(said.payload))).toEqual([0, ["hi", 1000]]);
});

test("an empty payload means no arguments, in JSON", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/wait/1");
  await eventually(() => app.waiting.length).toBe(1);
  app.waiting[0]?.finish(7);
  expect(await client.json()).toEqual({ ok: 7 });
});

test.each([
  ["[]", "count", "a number"],
  ['["many"]', "count", "a number"],
  ["x", "arguments", "a JSON array or object, or a MessagePack array"],
  [" [1]", "arguments", "a JSON array or object, or a MessagePack array"],
  ["[1", "arguments", "well-formed JSON"],
  ["{]", "arguments", "well-formed JSON"],
  ["[".repeat(300), "arguments", "JSON nested at most 256 deep"],
])("arguments such as %s are refused with the path of what is wrong", async (payload, path, expected) => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Score/top/1", payload);
  expect(await client.json()).toEqual({
    error: {
      code: "invalid-argument",
      message: expect.stringContaining(`${path}: expected ${expected}`),
      details: { path, expected },
    },
  });
});

test.each([
  ["an extension", Buffer.from([0x91, 0xd4, 0x72, 0x40])],
  ["an array of 32 bits", Buffer.from([0xdd, 0, 0, 0, 1, 0x01])],
  ["a truncated array", Buffer.from([0x92, 0x01])],
  ["something behind the array", Buffer.from([0x91, 0x01, 0x01])],
])("MessagePack with %s is refused in MessagePack", async (_what, payload) => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Score/top/1", payload);
  const reply = await client.next("publish");
  expect(unpack(Buffer.from(reply.payload))).toEqual([
    1,
    "invalid-argument",
    expect.stringMatching(/^arguments: expected /),
    ["arguments", expect.any(String)],
  ]);
});

test.each([
  "rpc/Room/secret/1",
  "rpc/Room/none/1",
  "rpc/None/top/1",
  "rpc/Antwire/nothing/1",
  "rpc/Room@5/note/1",
  "rpc/constructor/constructor/1",
])("%s is not found", async (topic) => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish(topic, "[]");
  expect(await client.json()).toMatchObject({ error: { code: "not-found" } });
});

test("a guest hears unauthenticated from a method for users, whatever it says", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  for (const payload of ['["hi"]', "[]", "x", ""]) {
    client.publish("rpc/Room/say/1", payload);
    expect(await client.json()).toMatchObject({ error: { code: "unauthenticated" } });
  }
  expect(app.sessions).toEqual([]);
});

test("a declared failure keeps its name and fields in both forms", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/enter/1", '["taken"]');
  expect(await client.json()).toEqual({
    error: {
      code: "failed",
      message: "Ann has that name",
      details: { type: "NameTaken", owner: "Ann" },
    },
  });
  client.publish("rpc/Room/enter/2", pack(["taken"]));
  const reply = await client.next("publish");
  expect(unpack(Buffer.from(reply.payload))).toEqual([
    1,
    "failed",
    "Ann has that name",
    ["NameTaken", ["Ann"]],
  ]);
});

test("what a handler throws undeclared is internal, and its message stays here", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/fault/1");
  const reply = await client.json();
  expect(reply).toMatchObject({ error: { code: "internal" } });
  expect(JSON.stringify(reply)).not.toContain("1234");
});

test.each(["", pack([])])("a result that does not fit its type is internal, and logged", async (payload) => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/break/1", payload);
  expect((await client.message())[1]).toContain("internal");
  expect(app.logged.filter(({ level }) => level === "error")).toHaveLength(1);
  // The id is free again.
  client.publish("rpc/Score/top/1", "[1]");
  expect(await client.json()).toEqual({ ok: ["Ann"] });
});

test("a call without an id runs and is never answered, even when it fails", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/note", "[5]");
  client.publish("rpc/Room/fault");
  client.publish("rpc/Room/none");
  client.publish("rpc/Room/note", "x");
  client.publish("rpc/Score/top/1", "[0]");
  expect(await client.message()).toEqual(["re/1", '{"ok":[]}']);
  expect(app.notes).toEqual([5]);
  expect(app.gateway.refusals["dropped-call"]).toBe(2);
});

test("a one-way method called with an id is answered with an empty result, even when it fails", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/wave/1", "[3]");
  expect(await client.json()).toEqual({ ok: null });
  client.publish("rpc/Room/wave/2", "[-3]");
  expect(await client.json()).toEqual({ ok: null });
  client.publish("rpc/Room/wave/3", pack([4]));
  const { payload } = await client.next("publish");
  expect(unpack(Buffer.from(payload))).toEqual([0, null]);
  client.publish("rpc/Room/wave/4", "[]");
  expect(await client.json()).toMatchObject({ error: { code: "invalid-argument" } });
  client.publish("rpc/Room/wave", "[5]");
  await client.settle();
  expect(app.waves).toEqual([3, -3, 4, 5]);
});

test.each(["", "a b", "a".repeat(33), "é", "a/b", "a.b"])(
  "the malformed id '%s' is dropped and counted",
  async (id) => {
    await using app = await startApplication();
    using client = await admitted(app.mqttPort);
    client.publish(`rpc/Room/note/${id}`, "[5]");
    await client.settle();
    expect(app.notes).toEqual([]);
    expect(client.packets).toEqual([]);
    const { refusals } = app.gateway;
    expect(refusals["dropped-call"] + refusals["unknown-topic"]).toBe(1);
  },
);

test("an id in flight is dropped and counted, and free again afterwards", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/wait/1");
  client.publish("rpc/Room/note/1", "[5]");
  await client.settle();
  expect(app.notes).toEqual([]);
  expect(app.gateway.refusals["dropped-call"]).toBe(1);
  app.waiting[0]?.finish(1);
  expect(await client.json()).toEqual({ ok: 1 });
  client.publish("rpc/Room/note/1", "[5]");
  expect(await client.json()).toEqual({ ok: 5 });
});

test("another client's calls may have the same id", async () => {
  await using app = await startApplication();
  using ann = await admitted(app.mqttPort);
  using bob = await admitted(app.mqttPort);
  ann.publish("rpc/Room/wait/1");
  await ann.settle();
  bob.publish("rpc/Room/note/1", "[5]");
  expect(await bob.json()).toEqual({ ok: 5 });
  app.waiting[0]?.finish(1);
  expect(await ann.json()).toEqual({ ok: 1 });
});

test("a cancelled call is answered so, and its handler hears it", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/wait/1");
  client.publish("cancel/1");
  expect(await client.json()).toMatchObject({ error: { code: "cancelled" } });
  expect(app.waiting[0]?.signal.aborted).toBe(true);
  client.publish("cancel/1");
  client.publish("cancel/unknown");
  client.publish("cancel/");
  await client.settle();
  expect(client.packets).toEqual([]);
});

test("a client's calls are cancelled when it goes", async () => {
  await using app = await startApplication();
  const client = await admitted(app.mqttPort);
  client.publish("rpc/Room/wait/1");
  await client.settle();
  client[Symbol.dispose]();
  await eventually(() => app.waiting[0]?.signal.aborted).toBe(true);
});

test("calls beyond the limit in flight are refused with a hint", async () => {
  await using app = await startApplication({ limits: { callsInFlight: 2 } });
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/wait");
  client.publish("rpc/Room/wait/2");
  client.publish("rpc/Room/note/3", "[3]");
  expect(await client.json()).toMatchObject({
    error: { code: "resource-exhausted", details: { retryAfterMs: expect.any(Number) } },
  });
  app.waiting[0]?.finish(1);
  await client.settle();
  client.publish("rpc/Room/note/4", "[4]");
  expect(await client.message()).toEqual(["re/4", '{"ok":4}']);
  expect(app.notes).toEqual([4]);
});

test("calls beyond the limit in a second are refused, and taken again in the next", async () => {
  await using app = await startApplication({ limits: { callsPerSecond: 3 } });
  using client = await admitted(app.mqttPort);
  for (let i = 0; i < 8; i++) client.publish(`rpc/Room/note/${i}`, `[${i}]`);
  await client.until(() => client.packets.length === 8);
  // The second may change between two of them.
  expect(app.notes.length).toBeGreaterThanOrEqual(3);
  expect(app.notes.length).toBeLessThanOrEqual(6);
  expect(client.packets.at(-1)?.cmd).toBe("publish");
  expect(String(client.packets.map((packet) => (packet.cmd === "publish" ? packet.payload : "")))).toContain(
    "resource-exhausted",
  );
  client.packets.length = 0;
  await eventually(async () => {
    client.publish("rpc/Room/note/9", "[9]");
    return await client.json();
  }).toEqual({ ok: 9 });
});

test("calls of one session are dispatched in the order in which they were sent, in any QoS and chunks", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  const numbers = Array.from({ length: 200 }, (_, i) => i);
  for (const number of numbers) {
    client.publish("rpc/Room/note", `[${number}]`, { qos: (number % 3) as 0 | 1 | 2, id: number + 1 });
    if (number % 17 === 0) client.send({ cmd: "pingreq" });
    if (number % 31 === 0) await new Promise(setImmediate);
    if (number % 50 === 0) {
      client.send({ cmd: "subscribe", messageId: 9, subscriptions: [{ topic: "on/#", qos: 0 }] });
    }
  }
  await eventually(() => app.notes.length).toBe(200);
  expect(app.notes).toEqual(numbers);
});

test("a reply longer than a chunk arrives whole", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/flood/1", "[3000000]");
  const reply = await client.json();
  expect(reply).toEqual({ ok: "x".repeat(3_000_000) });
});
