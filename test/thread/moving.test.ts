import { createHash, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { Frame } from "../../runtime/transport/transport.js";
import { until } from "./inbox.js";
import { startThreads } from "./threads.js";

const toEcho = { kind: "module", module: "Echo" } as const;

test("frames to a module arrive in another thread, in the order of sending, and come back by its node", async () => {
  const { threads, inbox } = await startThreads({ game: ["Echo"] });
  const lane = threads.transport.lane(toEcho);
  const frames = Array.from({ length: 1000 }, (_, i) => ["echo", i]);
  for (const frame of frames) expect(lane.send(frame, 1000)).toBe("game-1");
  await until(() => inbox.frames.length === 1000);
  expect(inbox.frames).toEqual(frames);
  expect(new Set(inbox.deliveries.map(({ from }) => from))).toEqual(new Set(["game-1"]));
  expect(inbox.deliveries.some(({ redelivered }) => redelivered)).toBe(false);
  expect(inbox.undelivered).toEqual([]);
});

test.for([
  ["alone", 1],
  ["in a crowd", 100],
] as const)("whatever a wire value may be arrives as it was sent, %s", async ([, count]) => {
  const { threads, inbox } = await startThreads({ game: ["Echo"] });
  const frame: Frame = [
    "echo",
    [0, 1.5, 2 ** 53, Number.MIN_VALUE, -(2n ** 63n), 2n ** 64n - 1n],
    ["", "Größe", "日本", "\u0000", "🐜"],
    [null, true, false, []],
    { a: { b: [new Uint8Array([1, 2, 3])] }, "": null },
  ];
  const lane = threads.transport.lane(toEcho);
  for (let i = 0; i < count; i++) lane.send(frame, 1000);
  const arrived = await inbox.take(count);
  for (const each of arrived) expect(each.map(plain)).toEqual(frame);
});

/** With bytes as plain `Uint8Array`. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

test.for([1, 10])("a frame of %i MiB arrives whole", async (mebibytes) => {
  const { threads, inbox } = await startThreads({ game: ["Echo"] });
  const bytes = new Uint8Array(randomBytes(mebibytes * 2 ** 20));
  threads.transport.lane(toEcho).send(["echo", bytes, "x".repeat(mebibytes * 2 ** 20)], 1000);
  const [frame] = await inbox.take(1);
  expect(digest(frame?.[1])).toBe(digest(bytes));
  expect(String(frame?.[2]).length).toBe(mebibytes * 2 ** 20);
  expect(bytes.byteLength).toBe(mebibytes * 2 ** 20); // Not moved away from the sender.
});

function digest(bytes: unknown): string {
  return createHash("sha256")
    .update(bytes instanceof Uint8Array ? bytes : "no bytes")
    .digest("hex");
}

test("frames to a module go round the threads that serve it", async () => {
  const { threads, inbox } = await startThreads({ a: ["Echo"], b: ["Echo"], c: ["Echo"], d: ["Other"] });
  const lane = threads.transport.lane(toEcho);
  for (let i = 0; i < 300; i++) lane.send(["echo"], 1000);
  await until(() => inbox.frames.length === 300);
  const counts = ["a-1", "b-2", "c-3", "d-4"].map(
    (node) => inbox.deliveries.filter(({ from }) => from === node).length,
  );
  expect(counts).toEqual([100, 100, 100, 0]);
});

test("workers reach one another without the main thread", async () => {
  const { threads, inbox } = await startThreads({ lobby: ["Lobby"], chess: ["Chess"] });
  threads.transport.lane({ kind: "module", module: "Lobby" }).send(["pass on", "Chess"], 1000);
  expect(await inbox.take(1)).toEqual([["answered", "chess-2", "lobby-1"]]);
});

test("frames to a topic reach every other thread that subscribed, once subscribing has resolved", async () => {
  const { threads, inbox } = await startThreads({ a: [], b: [], c: [] });
  const topic = threads.transport.lane({ kind: "topic", topic: "news" });
  topic.send(["echo", "too early"], 1000);
  for (const node of ["a-1", "c-3"]) {
    threads.transport.lane({ kind: "node", node }).send(["subscribe", "news"], 1000);
  }
  await inbox.take(2);
  expect(topic.send(["echo", "heard"], 1000)).toBeUndefined();
  await until(() => inbox.frames.length === 2);
  expect(inbox.frames).toEqual([
    ["echo", "heard"],
    ["echo", "heard"],
  ]);
  expect(inbox.deliveries.map(({ from }) => from).sort()).toEqual(["a-1", "c-3"]);
  expect(inbox.undelivered).toEqual([]);
});

test("a thread that has retired from a module gets no frames for it, and all that were sent before", async () => {
  const { threads, inbox } = await startThreads({ a: ["Echo"], b: ["Echo"] });
  const lane = threads.transport.lane(toEcho);
  threads.transport.lane({ kind: "node", node: "a-1" }).send(["retire", "Echo"], 1000);
  for (let i = 0; i < 10; i++) lane.send(["echo", i], 1000);
  expect(await inbox.take(11)).toContainEqual(["retired"]);
  for (let i = 0; i < 10; i++) lane.send(["echo", i], 1000);
  await until(() => inbox.frames.length === 10);
  expect(new Set(inbox.deliveries.map(({ from }) => from))).toEqual(new Set(["b-2"]));
});

test("what nobody takes comes back after sending, and what a topic has no listeners for does not", async () => {
  const { threads, inbox } = await startThreads({ game: ["Echo"] });
  const { transport } = threads;
  expect(transport.lane({ kind: "module", module: "Absent" }).send(["a"], 1000)).toBeUndefined();
  transport.lane({ kind: "node", node: "elsewhere-9" }).send(["b"], 1000);
  transport.lane({ kind: "topic", topic: "silence" }).send(["c"], 1000);
  expect(inbox.undelivered).toEqual([]);
  await until(() => inbox.undelivered.length > 0);
  expect(inbox.undelivered).toEqual([
    { frame: ["a"], address: { kind: "module", module: "Absent" }, why: "nobody" },
    { frame: ["b"], address: { kind: "node", node: "elsewhere-9" }, why: "nobody" },
  ]);
});

test("too many frames that wait come back as full, and there is room again once the thread has taken them", async () => {
  const { threads, inbox } = await startThreads({ game: ["Echo"] }, { frames: 1000 });
  const lane = threads.transport.lane(toEcho);
  lane.send(["block", 200], 1000);
  for (let i = 1; i < 1500; i++) lane.send(["echo", i], 1000);
  await until(() => inbox.undelivered.length > 0);
  expect(inbox.undelivered.map(({ frame }) => frame[1])).toEqual(
    Array.from({ length: 500 }, (_, i) => 1000 + i),
  );
  expect(inbox.undelivered.every(({ why }) => why === "full")).toBe(true);
  await inbox.take(1000);
  for (let i = 0; i < 1000; i++) lane.send(["echo", i], 1000);
  await inbox.take(1000);
  expect(inbox.undelivered.length).toBe(500);
});

test("too many bytes that wait come back as full", async () => {
  const { threads, inbox } = await startThreads({ game: ["Echo"] }, { bytes: 2 ** 20 });
  const lane = threads.transport.lane(toEcho);
  lane.send(["block", 200], 1000);
  for (let i = 0; i < 4; i++) {
    lane.send(["echo", new Uint8Array(2 ** 19)], 1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => inbox.undelivered.length > 0);
  expect(inbox.undelivered.map(({ why }) => why)).toEqual(["full", "full"]);
  await inbox.take(3);
});
