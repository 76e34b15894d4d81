import { receiveMessageOnPort } from "node:worker_threads";
import { expect, onTestFinished, test } from "vitest";
import { unpackCargo } from "../../runtime/thread/cargo.js";
import { Flow } from "../../runtime/thread/flow.js";
import { createLinks } from "../../runtime/thread/link.js";
import { ThreadTransport } from "../../runtime/thread/thread-transport.js";
import { Inbox, until } from "./inbox.js";

/** A transport, and what it posts to its only peer. */
function openPort() {
  const [link, { port }] = createLinks("here", "there");
  const transport = new ThreadTransport([link]);
  const inbox = new Inbox();
  transport.listen(inbox);
  const messages: unknown[] = [];
  port.on("message", (message) => messages.push(message));
  onTestFinished(async () => {
    await transport.close();
  });
  return { lane: transport.lane({ kind: "node", node: "there" }), messages, inbox, port, transport };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("what finds the other thread busy travels in one message a turn, behind its size", async () => {
  const { lane, messages } = openPort();
  lane.send(["keeps it busy"], 1000);
  for (let i = 0; i < 3; i++) lane.send([i], 1000);
  await Promise.resolve();
  lane.send([3], 1000);
  await turn();
  lane.send([4], 1000);
  await until(() => messages.length === 3);
  expect(messages).toEqual([
    [1, ["keeps it busy"]],
    [1, [0], [1], [2], [3]],
    [1, [4]],
  ]);
});

test("a thread that has taken all gets the next frame at once, and what waits before it", async () => {
  const [link, { port, flow, end }] = createLinks("here", "there");
  const transport = new ThreadTransport([link]);
  transport.listen(new Inbox());
  const other = new Flow(flow, end, {});
  const lane = transport.lane({ kind: "node", node: "there" });
  const received = () => receiveMessageOnPort(port)?.message as unknown;
  lane.send([0], 1000);
  expect(received()).toEqual([1, [0]]);
  lane.send([1], 1000);
  lane.send([2], 1000);
  expect(received()).toBeUndefined();
  other.took(1, 1);
  lane.send([3], 1000);
  expect(received()).toEqual([1, [1], [2], [3]]);
  await transport.close();
});

test("a message holds at most 64 frames", async () => {
  const { lane, messages } = openPort();
  for (let i = 0; i < 300; i++) lane.send([i], 1000);
  await until(() => messages.length === 6);
  const [first, ...others] = messages;
  expect(first).toEqual([1, [0]]);
  const cargoes = others.map((message) => unpackCargo(message as Uint8Array));
  expect(cargoes.map((cargo) => cargo.length - 1)).toEqual([64, 64, 64, 64, 43]);
  expect(cargoes.flatMap(([, ...frames]) => frames)).toEqual(Array.from({ length: 299 }, (_, i) => [i + 1]));
});

test("many small frames are packed, few or large ones are cloned", async () => {
  const { lane, messages } = openPort();
  const large = new Uint8Array(100_000);
  lane.send(["keeps the other thread busy"], 1000);
  for (let i = 0; i < 16; i++) lane.send([i], 1000);
  await until(() => messages.length === 2);
  for (let i = 0; i < 15; i++) lane.send([i], 1000);
  await until(() => messages.length === 3);
  for (let i = 0; i < 16; i++) lane.send([large], 1000);
  await until(() => messages.length === 4);
  expect(messages.map((message) => message instanceof Uint8Array)).toEqual([false, true, false, false]);
});

test("bytes take no memory along that is not theirs, and the sender keeps its own", async () => {
  const { lane, messages } = openPort();
  const pooled = Buffer.from("a pooled buffer");
  expect(pooled.buffer.byteLength).toBeGreaterThan(pooled.byteLength);
  const own = new Uint8Array([1, 2, 3]);
  const shared = new Uint8Array(new SharedArrayBuffer(4));
  const frame = ["x", [pooled, own], { deep: [pooled.subarray(2, 8)] }, shared];
  lane.send(frame, 1000);
  await until(() => messages.length === 1);
  const [message] = messages as [[number, [string, Uint8Array[], { deep: Uint8Array[] }, Uint8Array]]];
  const [, [, bytes, { deep }, unshared]] = message;
  const arrived = [...bytes, ...deep, unshared];
  expect(arrived.map((each) => Buffer.from(each).toString("latin1"))).toEqual([
    "a pooled buffer",
    "\u0001\u0002\u0003",
    "pooled",
    "\0\0\0\0",
  ]);
  for (const each of arrived) {
    expect(each.buffer).toBeInstanceOf(ArrayBuffer);
    expect(each.buffer.byteLength).toBe(each.byteLength);
  }
  expect(frame).toEqual(["x", [pooled, own], { deep: [pooled.subarray(2, 8)] }, shared]);
  expect(own).toEqual(new Uint8Array([1, 2, 3]));
  expect(pooled.toString()).toBe("a pooled buffer");
});

test("closing sends what waits, hangs up, and says nothing of nodes that are gone", async () => {
  const { lane, messages, port, inbox, transport } = openPort();
  let isHungUp = false;
  port.on("close", () => {
    isHungUp = true;
  });
  lane.send(["last"], 1000);
  await Promise.all([transport.close(), transport.close()]);
  await until(() => isHungUp);
  expect(messages).toEqual([[1, ["last"]]]);
  expect(inbox.gone).toEqual([]);
  lane.send(["too late"], 1000);
  await until(() => inbox.undelivered.length === 1);
});

test("a peer that hangs up is gone: who waits for it waits no longer, and frames to it come back", async () => {
  const { lane, port, inbox, transport } = openPort();
  const served = transport.serve("Lobby"); // The other end never answers.
  lane.send(["lost"], 1000);
  port.close();
  await served;
  expect(inbox.gone).toEqual(["there"]);
  lane.send(["back"], 1000);
  await until(() => inbox.undelivered.length === 1);
  expect(inbox.undelivered[0]).toMatchObject({ frame: ["back"], why: "nobody" });
});

test("a thread that is connected later learns what the others take", async () => {
  const first = new ThreadTransport([]);
  const second = new ThreadTransport([]);
  const inbox = new Inbox();
  first.listen(inbox);
  second.listen(new Inbox());
  await first.serve("Lobby");
  await first.subscribe("news");
  const [link, otherLink] = createLinks("first", "second");
  first.connect(link);
  second.connect(otherLink);
  await second.greetAll();
  expect(second.lane({ kind: "module", module: "Lobby" }).send(["call"], 1000)).toBe("first");
  second.lane({ kind: "topic", topic: "news" }).send(["push"], 1000);
  expect(await inbox.take(2)).toEqual([["call"], ["push"]]);
  await first.close();
  await second.close();
});

test("frames that come before anybody listens are kept", async () => {
  const [link, otherLink] = createLinks("first", "second");
  const first = new ThreadTransport([link]);
  const second = new ThreadTransport([otherLink]);
  second.lane({ kind: "node", node: "first" }).send(["early"], 1000);
  await second.greetAll(); // Answered behind the frame.
  const inbox = new Inbox();
  first.listen(inbox);
  second.lane({ kind: "node", node: "first" }).send(["late"], 1000);
  expect(await inbox.take(2)).toEqual([["early"], ["late"]]);
  await first.close();
  await second.close();
});
