import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import type { Delivery } from "../../runtime/transport/transport.js";
import { useBroker } from "../setup/rabbitmq.js";
import { start as startProgram } from "../setup/run.js";
import { eventually } from "./eventually.js";
import { closeNodes, freshApplication, startNode } from "./node.js";

const { url } = useBroker();
const urls = [url];
const application = freshApplication();
const module = { kind: "module", module: "Lobby" } as const;

afterEach(closeNodes);

test("what a process had not done with when it died comes to another, marked as such", async () => {
  const caller = await startNode({ urls, application });
  const program = startProgram(process.execPath, [
    "--import",
    "tsx",
    "test/amqp/server.ts",
    url,
    application,
  ]);
  await program.until((output) => output.includes("serving"));
  const send = async (indices: readonly number[]) => {
    for (const index of indices) {
      caller.send(module, [index]);
      await new Promise(setImmediate);
    }
  };
  // The server does with the even ones, and says so; it has at most ten unacknowledged.
  await send([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await eventually(() => caller.received.length === 5);
  // The last of these comes when the broker has all five acknowledgements.
  await send([11, 13, 15, 17, 19]);
  await program.until((output) => output.includes("took 19"));
  const other = await startNode({ urls, application });
  await other.transport.serve("Lobby");
  program.process.kill("SIGKILL");
  await once(program.process, "exit");
  await other.has(10);
  expect(other.frames().map(([index]) => index)).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
  expect(other.received.every(({ delivery }) => delivery.redelivered)).toBe(true);
});

test("a message is acknowledged when all of its frames are done with, in whatever order", async () => {
  const [caller, server] = await Promise.all([
    startNode({ urls, application }),
    startNode({ urls, application, prefetch: 1 }),
  ]);
  const deliveries: Delivery[] = [];
  server.onFrame = (_frame, delivery) => deliveries.push(delivery);
  await server.transport.serve("Lobby");
  for (const index of [1, 2, 3]) caller.send(module, [index]); // One message.
  await server.has(3);
  caller.send(module, [4]);
  caller.send({ kind: "node", node: server.id }, ["another queue"]);
  await server.has(4);
  expect(new Set(deliveries.slice(0, 3)).size).toBe(1);
  deliveries[0]?.done();
  deliveries[0]?.done();
  caller.send({ kind: "node", node: caller.id }, ["a moment"]);
  await caller.has(1);
  expect(server.frames()).not.toContainEqual([4]);
  deliveries[0]?.done();
  await server.has(5);
  expect(server.frames()).toContainEqual([4]);
});

test("no more than the prefetched messages come at a time, and a slow one does not hold up the others", async () => {
  const [caller, server] = await Promise.all([
    startNode({ urls, application }),
    startNode({ urls, application, prefetch: 10 }),
  ]);
  const deliveries: Delivery[] = [];
  server.onFrame = (_frame, delivery) => deliveries.push(delivery);
  await server.transport.serve("Lobby");
  for (let index = 0; index < 100; index++) {
    caller.send(module, [index]);
    await new Promise(setImmediate);
  }
  await server.has(10);
  caller.send({ kind: "node", node: caller.id }, ["a moment"]);
  await caller.has(1);
  expect(server.received.length).toBe(10);
  // All but the first, the last of them first.
  await eventually(() => {
    for (const delivery of deliveries.splice(1).reverse()) delivery.done();
    return server.received.length === 100;
  });
  expect(server.frames().map(([index]) => index)).toEqual(Array.from({ length: 100 }, (_, index) => index));
});

test("what is older than its lifetime is not delivered", async () => {
  const [caller, server] = await Promise.all([
    startNode({ urls, application }),
    startNode({ urls, application, prefetch: 1 }),
  ]);
  const deliveries: Delivery[] = [];
  server.onFrame = (_frame, delivery) => deliveries.push(delivery);
  await server.transport.serve("Lobby");
  const send = async (frame: unknown[], lifetime: number) => {
    caller.send(module, frame, lifetime);
    await new Promise(setImmediate);
  };
  await send(["keeps the server busy"], 10_000);
  await server.has(1);
  await send(["short"], 20);
  await send(["long"], 10_000);
  await send(["for ever"], Number.POSITIVE_INFINITY);
  await new Promise((resolve) => setTimeout(resolve, 100));
  server.onFrame = (_frame, delivery) => delivery.done();
  deliveries[0]?.done();
  await server.has(3);
  expect(server.frames()).toEqual([["keeps the server busy"], ["long"], ["for ever"]]);
});
