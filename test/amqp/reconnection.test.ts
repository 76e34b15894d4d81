import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { useBroker } from "../setup/rabbitmq.js";
import { eventually } from "./eventually.js";
import { closeNodes, freshApplication, listen, makeNode, startNode } from "./node.js";
import { expectService, module, startPair } from "./pair.js";

const broker = useBroker();
const urls = [broker.url];
const application = freshApplication();
const settlingTime = 2_000;
const options = { urls, application, settlingTime };

afterEach(closeNodes);

/** How many connections and channels the broker has, and what it has of the application. */
async function census(): Promise<string> {
  // One call of a program that takes a second to start.
  const names = `lists:sort([unicode:characters_to_binary(N) || {resource, _, _, N} <- rabbit_amqqueue:list_names(), binary:match(N, <<"${application}">>) =/= nomatch])`;
  const counts = "length(rabbit_networking:connections()), length(rabbit_channel:list())";
  return (await broker.ctl("eval", `{${counts}, length(rabbit_binding:list(<<"/">>)), ${names}}.`)).join("");
}

/** Ends the broker, does something, and starts it again, so that the next test has one. */
async function without(end: "stop" | "kill", step: () => Promise<void>): Promise<void> {
  await broker[end]();
  try {
    await step();
  } finally {
    await broker.start();
  }
}

async function closeAllConnections(): Promise<void> {
  await broker.ctl("close_all_connections", "for a test");
}

describe.runIf(broker.isOwn)("with a broker that can be controlled", () => {
  test("after all connections were closed, frames get through again, each interruption is told once", async () => {
    const [caller, server] = await startPair(options);
    await expectService(caller, server);
    const before = await census();
    expect(before).toContain(`${application}.node.${server.id}.1`);
    for (let round = 1; round <= 3; round++) {
      await closeAllConnections();
      await eventually(() => caller.interruptions === round && server.interruptions === round);
      await expectService(caller, server);
    }
    // The node's queue has another name for each connection.
    const now = (text: string) => text.replaceAll(/\.\d+">>/g, ".n");
    await eventually(async () => now(await census()) === now(before), `${before}; it is ${await census()}`);
    expect([caller.interruptions, server.interruptions]).toEqual([3, 3]);
  });

  test("what is sent from the interruption on arrives; what waited before does not", async () => {
    const [caller, server] = await startPair(options);
    await expectService(caller, server);
    const had = server.received.length;
    caller.onInterrupted = () => caller.send(module, ["after"]);
    await closeAllConnections();
    await eventually(() => server.frames().some(([text]) => text === "after"));
    await sleep(100);
    const since = server.frames().slice(had);
    expect(since.filter(([kind]) => kind !== "topic")).toEqual([["after"]]);
    expect(caller.returned).toEqual([]);
  });

  test("acknowledging what came before the connection was lost does no harm to the next one", async () => {
    const [caller, server] = await startPair({ ...options, prefetch: 3 });
    server.onFrame = () => {};
    for (const index of [1, 2, 3]) {
      caller.send(module, [index]);
      await server.has(index);
    }
    await closeAllConnections();
    await eventually(() => server.interruptions === 1 && caller.interruptions === 1);
    server.onFrame = (_frame, delivery) => delivery.done();
    const old = server.received.slice(0, 3);
    await expectService(caller, server);
    for (const { delivery } of old) delivery.done();
    await expectService(caller, server);
    expect([server.interruptions, caller.interruptions]).toEqual([1, 1]);
  });

  // A broker that stops in order is below, and under load in test/faults.
  test("after a broker's death and start there is service again, of nodes that began meanwhile too", async () => {
    const [caller, server] = await startPair(options);
    const others = { urls, application: `${application}-late`, settlingTime };
    const [lateCaller, lateServer] = [makeNode(others), makeNode(others)];
    let serving: Promise<unknown> = Promise.resolve();
    await without("kill", async () => {
      await eventually(() => caller.interruptions === 1 && server.interruptions === 1);
      caller.send(module, ["expired"], 1);
      await new Promise(setImmediate); // A message lives as long as its longest frame.
      caller.send(module, ["sent while it was away"], 60_000);
      listen(lateCaller);
      listen(lateServer);
      serving = Promise.all([lateServer.transport.serve("Lobby"), lateServer.transport.subscribe("all")]);
      await eventually(() => lateServer.logged.length === 1);
    });
    await eventually(() => server.frames().some(([text]) => text === "sent while it was away"));
    await expectService(caller, server);
    expect(server.frames()).not.toContainEqual(["expired"]);
    expect(server.logged.filter((line) => line.startsWith("warn"))).toEqual([
      expect.stringMatching(/^warn The broker is lost \(.+\): connecting again$/),
      expect.stringMatching(/^warn No broker at amqp:.+: trying again until there is one$/),
    ]);
    await serving;
    await expectService(lateCaller, lateServer);
    expect(lateCaller.interruptions + lateServer.interruptions).toBe(0);
  });

  test("while there is no broker no more waits than may, and what is too much comes back", async () => {
    const [caller, server] = await startPair({
      ...options,
      maxWaitingBytes: 1_000_000,
      maxWaitingFrames: 1_000,
    });
    const had = server.received.length;
    await without("stop", async () => {
      await eventually(() => caller.interruptions === 1);
      for (let index = 0; index < 10; index++) caller.send(module, [index, "x".repeat(200_000)], 60_000);
      await eventually(() => caller.returned.length > 0);
      expect(caller.returned.map(({ frame, address, why }) => [frame[0], address, why])).toEqual(
        [4, 5, 6, 7, 8, 9].map((index) => [index, module, "full"]),
      );
      caller.returned.length = 0;
      for (let index = 0; index < 2_000; index++) caller.send(module, [index], 60_000);
      await eventually(() => caller.returned.length === 1_004);
    });
    await server.has(had + 1_000);
  });

  test("a broker that says nothing is given up after two or three heartbeats", async () => {
    const [caller, server] = await startPair({ ...options, urls: [`${broker.url}?heartbeat=1`] });
    broker.freeze();
    try {
      await eventually(() => caller.interruptions === 1 && server.interruptions === 1);
    } finally {
      broker.thaw();
    }
    expect(caller.logged).toContainEqual("warn The broker is lost (Heartbeat timeout): connecting again");
    await eventually(() => caller.logged.at(-1)?.startsWith("info Connected") === true);
    await expectService(caller, server);
  });

  test("a module's queue that was deleted is made again, and nobody is interrupted", async () => {
    const [caller, server] = await startPair(options);
    await expectService(caller, server);
    await broker.ctl("delete_queue", `${application}.module.Lobby`);
    await eventually(() => server.logged.some((line) => line.includes("was deleted, and is made again")));
    await eventually(() => {
      caller.send(module, ["again"]);
      return server.frames().some(([text]) => text === "again");
    });
    expect(caller.interruptions + server.interruptions).toBe(0);
  });

  test("a node whose own queue was deleted begins anew", async () => {
    const [caller, server] = await startPair(options);
    const own = (await broker.ctl("list_queues", "--no-table-headers", "name")).find((name) =>
      name.includes(server.id),
    );
    await broker.ctl("delete_queue", String(own));
    await eventually(() => server.interruptions === 1);
    await server.transport.serve("Lobby"); // It does already, as soon as it is back.
    await expectService(caller, server);
    expect(caller.interruptions).toBe(0);
  });

  test("nothing is left of nodes that have gone", async () => {
    const before = await census();
    for (let round = 0; round < 3; round++) {
      const [caller, server] = await startPair(options);
      await expectService(caller, server);
      await server.transport.retire("Lobby");
      await server.transport.serve("Lobby");
      await closeNodes();
    }
    await eventually(async () => (await census()) === before, "nothing to be left");
  });
});

test("in the time after connecting an address that nobody serves yet is tried again, and order is kept", async () => {
  const caller = await startNode({ urls, application, settlingTime: 20_000 });
  for (let index = 0; index < 100; index++) {
    caller.send(module, [index]);
    if (index % 10 === 0) await sleep(10);
  }
  const server = await startNode({ urls, application });
  const served = server.transport.serve("Lobby");
  for (let index = 100; index < 3_000; index++) {
    caller.send(module, [index]);
    if (index % 10 === 0) await new Promise(setImmediate);
  }
  await served;
  await server.has(3_000);
  expect(server.frames()).toEqual(Array.from({ length: 3_000 }, (_, index) => [index]));
  expect(caller.returned).toEqual([]);
});

test("when that time is over what nobody takes comes back", async () => {
  const caller = await startNode({ urls, application, settlingTime: 300 });
  caller.send(module, [1]);
  await sleep(50);
  caller.send(module, [2]);
  await eventually(() => caller.returned.length === 2);
  expect(caller.returned.map(({ frame, why }) => [...frame, why])).toEqual([
    [1, "nobody"],
    [2, "nobody"],
  ]);
});

test("what was sent just before closing arrives", async () => {
  const server = await startNode({ urls, application });
  for (let round = 0; round < 5; round++) {
    const caller = await startNode({ urls, application, settlingTime });
    for (let index = 0; index < 100; index++)
      caller.send({ kind: "node", node: server.id }, [index, "x".repeat(9_000)]);
    await caller.transport.close();
    await server.has((round + 1) * 100);
  }
});
