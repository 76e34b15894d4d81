import { afterEach, expect, test } from "vitest";
import type { Address } from "../../runtime/transport/transport.js";
import { useBroker } from "../setup/rabbitmq.js";
import { eventually } from "./eventually.js";
import { closeNodes, freshApplication, listen, makeNode, startNode } from "./node.js";

const urls = [useBroker().url];
const application = freshApplication();
const start = () => startNode({ urls, application });

afterEach(closeNodes);

test("a frame for a module reaches a node that serves it, and tells who sent it", async () => {
  const [caller, server] = await Promise.all([start(), start()]);
  await server.transport.serve("Lobby");
  const frame = ["a", 1, 2n ** 60n, null, true, 1.5, new Uint8Array([1, 2]), { key: ["value"] }];
  caller.send({ kind: "module", module: "Lobby" }, frame);
  await server.has(1);
  const [received] = server.received;
  expect(received?.frame.map((value) => (value instanceof Uint8Array ? [...value] : value))).toEqual([
    "a",
    1,
    2n ** 60n,
    null,
    true,
    1.5,
    [1, 2],
    { key: ["value"] },
  ]);
  expect(received?.delivery.from).toBe(caller.id);
  expect(received?.delivery.redelivered).toBe(false);
});

test("a frame for a node reaches that node, and itself too", async () => {
  const [caller, one, other] = await Promise.all([start(), start(), start()]);
  const lane = caller.transport.lane({ kind: "node", node: one.id });
  expect(lane.send(["one"], 10_000)).toBe(one.id);
  caller.send({ kind: "node", node: other.id }, ["other"]);
  caller.send({ kind: "node", node: caller.id }, ["self"]);
  await Promise.all([one.has(1), other.has(1), caller.has(1)]);
  expect(one.frames()).toEqual([["one"]]);
  expect(other.frames()).toEqual([["other"]]);
  expect(caller.frames()).toEqual([["self"]]);
});

const long = "long".repeat(100);

test.each(["user.1", "user.*", "#", "", "größe 🎲", long, `${long}!`])(
  "a frame for the topic %j reaches all nodes that listen to it, and no others",
  async (topic) => {
    const [caller, one, other, stranger] = await Promise.all([start(), start(), start(), start()]);
    await Promise.all([one.transport.subscribe(topic), other.transport.subscribe(topic)]);
    await stranger.transport.subscribe(`${topic}.1`);
    caller.send({ kind: "topic", topic: "somewhere else" }, ["not for them"]);
    caller.send({ kind: "topic", topic }, ["hello"]);
    await Promise.all([one.has(1), other.has(1)]);
    caller.send({ kind: "node", node: stranger.id }, ["the last"]);
    await stranger.has(1);
    expect(one.frames()).toEqual([["hello"]]);
    expect(other.frames()).toEqual([["hello"]]);
    expect(stranger.frames()).toEqual([["the last"]]);
  },
);

test("a node that has unsubscribed hears no more of a topic", async () => {
  const [caller, listener] = await Promise.all([start(), start()]);
  const topic: Address = { kind: "topic", topic: "group.red" };
  await listener.transport.subscribe("group.red");
  caller.send(topic, [1]);
  await listener.has(1);
  await listener.transport.unsubscribe("group.red");
  caller.send(topic, [2]);
  caller.send({ kind: "node", node: listener.id }, [3]);
  await listener.has(2);
  expect(listener.frames()).toEqual([[1], [3]]);
});

test("what nobody takes comes back at once, with its address; a topic's frames do not", async () => {
  const caller = await start();
  const nobody: Address[] = [
    { kind: "module", module: "Nobody" },
    { kind: "node", node: "nobody" },
  ];
  for (const address of nobody) caller.send(address, [address.kind, new Uint8Array(3000)]);
  caller.send({ kind: "topic", topic: "nobody" }, ["topic"]);
  await eventually(() => caller.returned.length === 2);
  expect(caller.returned.map(({ frame, address, why }) => [frame[0], address, why])).toEqual([
    ["module", nobody[0], "nobody"],
    ["node", nobody[1], "nobody"],
  ]);
});

test("frames to one address arrive in the order of sending, whatever their number and size", async () => {
  const [caller, server] = await Promise.all([start(), start()]);
  await server.transport.serve("Lobby");
  const frames = Array.from({ length: 3_000 }, (_, index) => [index, "x".repeat((index * 7919) % 9_000)]);
  const addresses: Address[] = [
    { kind: "module", module: "Lobby" },
    { kind: "node", node: server.id },
  ];
  for (const address of addresses) {
    server.received.length = 0;
    for (const [index, frame] of frames.entries()) {
      // Over lanes of their own, and over several turns of the event loop.
      caller.send(address, frame);
      if (index % 700 === 0) await new Promise(setImmediate);
    }
    await server.has(frames.length);
    expect(server.frames()).toEqual(frames);
  }
});

test.each([1, 10])("a frame of %i MiB arrives, and so do those around it", async (size) => {
  const [caller, server] = await Promise.all([start(), start()]);
  const address: Address = { kind: "node", node: server.id };
  const large = new Uint8Array(size * 1024 * 1024).map((_, index) => index % 251);
  caller.send(address, ["before"]);
  caller.send(address, [large]);
  caller.send(address, ["after"]);
  await server.has(3);
  const [before, arrived, after] = server.frames();
  expect([before, after]).toEqual([["before"], ["after"]]);
  expect(Buffer.compare(Buffer.from(arrived?.[0] as Uint8Array), large)).toBe(0);
});

test("two nodes that serve one module get equal shares of its frames", async () => {
  const [caller, one, other] = await Promise.all([start(), start(), start()]);
  await Promise.all([one.transport.serve("Lobby"), other.transport.serve("Lobby")]);
  const lane = caller.transport.lane({ kind: "module", module: "Lobby" });
  let sent = 0;
  const send = () => {
    if (sent++ < 10_000) lane.send([sent], 10_000);
  };
  for (const server of [one, other]) {
    const back = server.transport.lane({ kind: "node", node: caller.id });
    server.onFrame = (frame, delivery) => {
      back.send(frame, 10_000);
      delivery.done();
    };
  }
  caller.onFrame = (_frame, delivery) => {
    delivery.done();
    send();
  };
  for (let inFlight = 0; inFlight < 256; inFlight++) send();
  await caller.has(10_000);
  expect(one.received.length + other.received.length).toBe(10_000);
  expect(Math.abs(one.received.length - other.received.length)).toBeLessThan(1_000);
});

test("a node that has retired from a module gets no more, and others go on", async () => {
  const [caller, one, other] = await Promise.all([start(), start(), start()]);
  const address: Address = { kind: "module", module: "Lobby" };
  await Promise.all([one.transport.serve("Lobby"), other.transport.serve("Lobby")]);
  let sent = 0;
  const timer = setInterval(() => caller.send(address, [sent++]), 1);
  await eventually(() => one.received.length > 20 && other.received.length > 20);
  await one.transport.retire("Lobby");
  const had = one.received.length;
  await eventually(() => other.received.length > had + 100);
  clearInterval(timer);
  await eventually(() => one.received.length + other.received.length === sent);
  expect(one.received.length).toBe(had);
  expect(caller.returned).toEqual([]);

  await other.transport.retire("Lobby");
  caller.send(address, ["nobody is left"]);
  await eventually(() => caller.returned.length === 1);

  await one.transport.serve("Lobby");
  caller.send(address, ["one is back"]);
  await one.has(had + 1);
});

test("two applications share a broker and do not meet", async () => {
  const [here, there] = await Promise.all([start(), startNode({ urls, application: freshApplication() })]);
  await there.transport.serve("Lobby");
  await there.transport.subscribe("all");
  here.send({ kind: "module", module: "Lobby" }, [1]);
  here.send({ kind: "node", node: there.id }, [2]);
  here.send({ kind: "topic", topic: "all" }, [3]);
  await eventually(() => here.returned.length === 2);
  expect(there.received).toEqual([]);
});

test("frames that are sent before there is a connection are not lost", async () => {
  const caller = makeNode({ urls, application });
  const server = await start();
  listen(caller);
  for (let index = 0; index < 1_000; index++) caller.send({ kind: "node", node: server.id }, [index]);
  await server.has(1_000);
  expect(server.frames()).toEqual(Array.from({ length: 1_000 }, (_, index) => [index]));
});
