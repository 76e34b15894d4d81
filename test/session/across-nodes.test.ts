import { unpack } from "msgpackr";
import { describe, expect, onTestFinished, test } from "vitest";
import type { PushTarget } from "../../runtime/session/push-target.js";
import type { Session } from "../../runtime/session/session.js";
import { eventually } from "../gateway/eventually.js";
import { admitted, type RawClient } from "../gateway/raw-client.js";
import { Network } from "../remote/network.js";
import { Node, type NodeOptions } from "./node.js";

const line = { text: "hi", at: new Date(1000) };

/** The sessions that called `enter`, by what they said. */
type Entered = Map<string, Session>;

interface Cluster {
  readonly broker: Network;
  readonly gateways: readonly [Node, Node];
  readonly world: Node;
  readonly entered: Entered;
}

async function start(options: NodeOptions): Promise<Node> {
  const node = await Node.start(options);
  onTestFinished(() => node[Symbol.asyncDispose]());
  return node;
}

/** Two gateways and a node with the module, each a process of its own. */
async function startCluster(
  onEnter?: (session: Session, name: string, push: PushTarget<unknown>) => Promise<void>,
): Promise<Cluster> {
  const broker = new Network();
  const entered: Entered = new Map();
  const world = await start({
    id: "world-1.1",
    broker,
    onEnter: async (session, name, push) => {
      entered.set(name, session);
      await onEnter?.(session, name, push);
    },
  });
  const gateways = [
    await start({ id: "edge-1.1", broker, hasGateway: true }),
    await start({ id: "edge-2.1", broker, hasGateway: true }),
  ] as const;
  return { broker, gateways, world, entered };
}

/** A client of a gateway that hears pushes. */
async function enter({ mqttPort }: Node, name: string): Promise<RawClient> {
  const client = await admitted(mqttPort);
  onTestFinished(() => client[Symbol.dispose]());
  await client.subscribe("on/#");
  client.publish("rpc/Room/enter/1", JSON.stringify([name]));
  expect(await client.json()).toEqual({ ok: null });
  return client;
}

async function expectNone(...clients: RawClient[]): Promise<void> {
  for (const client of clients) {
    await client.settle();
    expect(client.packets).toEqual([]);
  }
}

async function expectLine(client: RawClient): Promise<void> {
  const { topic, payload } = await client.next("publish");
  expect([topic, unpack(Buffer.from(payload))]).toEqual(["on/Room/said", ["hi", 1000]]);
}

function sessionOf(entered: Entered, name: string): Session {
  const session = entered.get(name);
  if (session === undefined) throw new Error(`${name} did not enter`);
  return session;
}

describe("a module on another node pushes", () => {
  test("to a session", async () => {
    const { gateways, world, entered } = await startCluster();
    const ann = await enter(gateways[0], "Ann");
    const bob = await enter(gateways[1], "Bob");
    world.said.to(sessionOf(entered, "Ann"), line);
    await expectLine(ann);
    await expectNone(ann, bob);
  });

  test("to a user, who is on several gateways", async () => {
    const { gateways, world } = await startCluster((session, name) => session.bind(name));
    const here = await enter(gateways[0], "Ann");
    const there = await enter(gateways[1], "Ann");
    const bob = await enter(gateways[1], "Bob");
    world.said.toUser("Ann", line);
    for (const client of [here, there]) await expectLine(client);
    await expectNone(here, there, bob);
  });

  test("to a group, whose members are on several gateways, and to each once", async () => {
    const { gateways, world } = await startCluster((session, name) => session.join(name));
    const members = [
      await enter(gateways[0], "red"),
      await enter(gateways[1], "red"),
      await enter(gateways[1], "red"),
    ];
    const other = await enter(gateways[0], "blue");
    world.said.toGroup("red", line);
    for (const client of members) await expectLine(client);
    await expectNone(...members, other);
  });

  test("to all", async () => {
    const { gateways, world } = await startCluster();
    const clients = [await enter(gateways[0], "Ann"), await enter(gateways[1], "Bob")];
    world.said.toAll(line);
    for (const client of clients) await expectLine(client);
    await expectNone(...clients);
  });

  test("in JSON to those who asked for that", async () => {
    const { gateways, world } = await startCluster();
    const client = await enter(gateways[0], "Ann");
    await client.subscribe("json/on/#");
    world.said.toAll(line);
    await expectLine(client);
    expect(await client.message()).toEqual(["json/on/Room/said", '{"text":"hi","at":1000}']);
  });

  test("what its type does not allow, and hears of it at once", async () => {
    const { world } = await startCluster();
    expect(() => world.said.toAll({ text: "hi" })).toThrow(/expected a Date/);
  });

  test("to a session whose gateway is gone, and nobody has to know of it", async () => {
    const { broker, gateways, world, entered } = await startCluster();
    await enter(gateways[0], "Ann");
    broker.kill("edge-1.1");
    world.said.to(sessionOf(entered, "Ann"), line);
    await expectNone(await enter(gateways[1], "Bob"));
    expect(world.logged).toEqual([]);
  });

  test("to a session that has ended, and nothing happens", async () => {
    const { gateways, world, entered } = await startCluster();
    const ann = await enter(gateways[0], "Ann");
    ann.send({ cmd: "disconnect" });
    await eventually(() => world.ended.length).toBe(1);
    world.said.to(sessionOf(entered, "Ann"), line);
    await expectNone(await enter(gateways[0], "Bob"));
  });
});

test("a push right after a join or a bind arrives, whatever node makes it", async () => {
  let join: (session: Session, push: PushTarget<unknown>) => Promise<void> = async () => {};
  const { gateways } = await startCluster((session, _name, push) => join(session, push));
  // Both: the subscription takes its time.
  for (const { brokerTransport } of gateways) {
    const { subscribe } = brokerTransport;
    brokerTransport.subscribe = async (topic) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await subscribe.call(brokerTransport, topic);
    };
  }
  join = async (session, push) => {
    await session.join("red");
    push.toGroup("red", line);
  };
  const first = await admitted(gateways[0].mqttPort);
  onTestFinished(() => first[Symbol.dispose]());
  await first.subscribe("on/#");
  first.publish("rpc/Room/enter", '["Ann"]');
  await expectLine(first);

  join = async (session, push) => {
    await session.bind("Bob");
    push.toUser("Bob", line);
  };
  const second = await admitted(gateways[1].mqttPort);
  onTestFinished(() => second[Symbol.dispose]());
  await second.subscribe("on/#");
  second.publish("rpc/Room/enter", '["Bob"]');
  await expectLine(second);
});

describe("a session, on another node", () => {
  test("tells what it is, and what was changed", async () => {
    const { gateways, entered } = await startCluster();
    await enter(gateways[0], "Ann");
    const session = sessionOf(entered, "Ann");
    expect(session.id).toMatch(/^edge-1\.1\.[A-Za-z0-9_-]{22}$/);
    expect([session.userId, [...session.groups], session.data]).toEqual([undefined, [], undefined]);
    await session.bind("ann");
    await session.join("red");
    await session.join("blue");
    await session.leave("red");
    await session.setData({ level: 3 });
    const live = gateways[0].gateway?.findSession(session.id);
    for (const seen of [session, live]) {
      expect([seen?.userId, [...(seen?.groups ?? [])], seen?.data]).toEqual(["ann", ["blue"], { level: 3 }]);
    }
    await session.unbind();
    expect([session.userId, live?.userId]).toEqual([undefined, undefined]);
  });

  test("comes with each call as it is then", async () => {
    const { gateways, entered } = await startCluster((session, name) => session.join(name));
    const client = await enter(gateways[0], "red");
    await sessionOf(entered, "red").setData(["sword"]);
    client.publish("rpc/Room/enter/2", '["blue"]');
    await client.json();
    const session = sessionOf(entered, "blue");
    expect([[...session.groups], session.data]).toEqual([["red", "blue"], ["sword"]]);
  });

  test("is closed from there", async () => {
    const { gateways, entered } = await startCluster();
    const client = await enter(gateways[0], "Ann");
    await sessionOf(entered, "Ann").close("enough");
    await client.closed();
  });

  test("refuses what its gateway refuses", async () => {
    const { gateways, entered } = await startCluster();
    await enter(gateways[0], "Ann");
    const session = sessionOf(entered, "Ann");
    for (let i = 0; i < 64; i++) await session.join(`group ${i}`);
    await expect(session.join("one more")).rejects.toMatchObject({ code: "resource-exhausted" });
    expect(session.groups.size).toBe(64);
    await expect(session.setData(Number.NaN)).rejects.toMatchObject({ code: "invalid-argument" });
  });

  test("that may not have a user rejects as a session of the same node does, to the client as well", async () => {
    const broker = new Network();
    await start({ id: "world-1.1", broker, onEnter: (session, name) => session.bind(name) });
    const gateway = { sessionsPerUser: "refuse" } as const;
    const edge = await start({ id: "edge-1.1", broker, hasGateway: true, gateway });
    await enter(edge, "ann");
    const second = await admitted(edge.mqttPort);
    onTestFinished(() => second[Symbol.dispose]());
    second.publish("rpc/Room/enter/1", '["ann"]');
    expect(await second.json()).toMatchObject({ error: { code: "permission-denied" } });
  });

  test("that has ended can neither be bound nor join, and is left and closed already", async () => {
    const { gateways, world, entered } = await startCluster();
    const client = await enter(gateways[0], "Ann");
    client.send({ cmd: "disconnect" });
    await eventually(() => world.ended.length).toBe(1);
    const session = sessionOf(entered, "Ann");
    await expect(session.bind("ann")).rejects.toMatchObject({ code: "unavailable" });
    await expect(session.join("red")).rejects.toMatchObject({ code: "unavailable" });
    await expect(session.setData(1)).rejects.toMatchObject({ code: "unavailable" });
    await session.unbind();
    await session.leave("red");
    await session.close();
    expect([session.userId, session.groups.size]).toEqual([undefined, 0]);
  });

  test("whose gateway is gone answers with unavailable", async () => {
    const { broker, gateways, entered } = await startCluster();
    await enter(gateways[0], "Ann");
    broker.kill("edge-1.1");
    await expect(sessionOf(entered, "Ann").join("red")).rejects.toMatchObject({ code: "unavailable" });
  });
});

test("the end of a session is heard once by every node with modules, with all that the session told", async () => {
  const { broker, gateways, world } = await startCluster(async (session, name) => {
    await session.bind(name);
    await session.join("red");
    await session.setData({ level: 3 });
  });
  const second = await start({ id: "world-2.1", broker, onEnter: async () => {} });
  const client = await enter(gateways[0], "Ann");
  client.send({ cmd: "disconnect" });
  for (const node of [world, second]) {
    await eventually(() => node.ended.length).toBe(1);
    const [session] = node.ended;
    expect(session).toMatchObject({ userId: "Ann", data: { level: 3 } });
    expect([...(session?.groups ?? [])]).toEqual(["red"]);
  }
  await (await enter(gateways[1], "Bob")).settle();
  expect([world.ended.length, second.ended.length]).toEqual([1, 1]);
});

describe("in a process with threads", () => {
  /** A gateway, which runs a module too, and a module on another thread; a second gateway in another process. */
  async function startThreads() {
    const broker = new Network();
    const threads = new Network();
    const onEnter = (session: Session) => session.join("red");
    const inner = await start({ id: "game-1.2", broker, threads, onEnter });
    const edge = await start({ id: "game-1.1", broker, threads, hasGateway: true, onEnter });
    const outer = await start({ id: "edge-1.1", broker, hasGateway: true });
    return { inner, edge, outer };
  }

  test("each member hears a push once, from whatever thread it comes", async () => {
    const { inner, edge, outer } = await startThreads();
    const clients = [await enter(edge, "Ann"), await enter(outer, "Bob")];
    for (const node of [inner, edge]) {
      node.said.toGroup("red", line);
      for (const client of clients) await expectLine(client);
      node.said.toAll(line);
      for (const client of clients) await expectLine(client);
    }
    await expectNone(...clients);
  });

  test("each thread hears the end of a session once, from whatever gateway it comes", async () => {
    const { inner, edge, outer } = await startThreads();
    const clients = [await enter(edge, "Ann"), await enter(outer, "Bob")];
    for (const [i, client] of clients.entries()) {
      client.send({ cmd: "disconnect" });
      for (const node of [inner, edge]) await eventually(() => node.ended.length).toBe(i + 1);
    }
    await (await enter(outer, "Eve")).settle();
    expect([inner.ended.length, edge.ended.length]).toEqual([2, 2]);
  });

  test("a module beside the gateway has the session itself", async () => {
    const { edge } = await startThreads();
    const client = await admitted(edge.mqttPort);
    onTestFinished(() => client[Symbol.dispose]());
    client.publish("rpc/Room/enter/1", '["Ann"]');
    await client.json();
    client.send({ cmd: "disconnect" });
    await eventually(() => edge.ended.length).toBe(1);
    expect(edge.ended[0]).toHaveProperty("client");
  });
});
