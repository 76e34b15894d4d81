import { expect, onTestFinished, test } from "vitest";
import { RecentEnds } from "../../runtime/gateway-module/recent-ends.js";
import { WatchedGateway } from "../../runtime/gateway-module/watched-gateway.js";
import type { Session } from "../../runtime/session/session.js";
import { ManualClock } from "../call/manual-clock.js";
import { settle } from "../call/stage.js";
import { eventually } from "../gateway/eventually.js";
import { admitted, type RawClient } from "../gateway/raw-client.js";
import { Network, type Sent } from "../remote/network.js";
import { Node, type NodeOptions } from "./node.js";

async function start(options: NodeOptions): Promise<Node> {
  const node = await Node.start(options);
  onTestFinished(() => node[Symbol.asyncDispose]());
  return node;
}

/** Two gateways and a node with the module, each a process of its own. Time passes only for the last one. */
async function startCluster() {
  const broker = new Network();
  const clock = new ManualClock();
  const world = await start({
    id: "world-1.1",
    broker,
    clock,
    onEnter: async (session, name) => {
      await session.bind(name);
      await session.join("red");
    },
  });
  const gateways = [
    await start({ id: "edge-1.1", broker, hasGateway: true }),
    await start({ id: "edge-2.1", broker, hasGateway: true }),
  ] as const;
  return { broker, clock, world, gateways };
}

async function pass(clock: ManualClock, milliseconds: number): Promise<void> {
  for (let passed = 0; passed < milliseconds; passed += 100) {
    clock.pass(100);
    // For a question and its answer.
    for (let turn = 0; turn < 10; turn++) await settle();
  }
}

/** A client of a gateway whose session the world has seen. */
async function enter({ mqttPort }: Node, name: string): Promise<RawClient> {
  const client = await admitted(mqttPort);
  onTestFinished(() => client[Symbol.dispose]());
  client.publish("rpc/Room/enter/1", JSON.stringify([name]));
  expect(await client.json()).toEqual({ ok: null });
  return client;
}

async function leave(client: RawClient, { gateway }: Node, id: string): Promise<void> {
  client.send({ cmd: "disconnect" });
  await eventually(() => gateway?.findSession(id)).toBeUndefined();
  for (let turn = 0; turn < 10; turn++) await settle();
}

function names(sessions: readonly Session[]): unknown[] {
  return sessions.map(({ userId }) => userId);
}

function isQuestion({ frame }: Sent): boolean {
  return frame[3] === "findEnded" || frame[3] === "endSessions";
}

function isAnnouncement({ address }: Sent): boolean {
  return address.kind === "topic" && address.topic === "session-end";
}

/** The id of the session that a client's call came with. */
function sessionOf({ sent }: Network, name: string): string {
  const call = sent.find(({ frame }) => frame[3] === "enter" && JSON.stringify(frame[4]).includes(name));
  const session = call?.frame[6];
  if (!Array.isArray(session)) throw new Error(`${name} did not enter`);
  return String(session[0]);
}

/** Sends what was lost or comes again. */
function send(broker: Network, { from, address, frame }: Sent): void {
  broker.deliver({ from, address, to: undefined, frames: [frame], redelivered: false });
}

test("when a gateway is killed, the ends of its sessions are heard once, with what they told last", async () => {
  const { broker, clock, world, gateways } = await startCluster();
  await enter(gateways[0], "Ann");
  await enter(gateways[0], "Bob");
  await enter(gateways[1], "Eve");
  broker.kill("edge-1.1");
  await pass(clock, 4_000);
  expect(world.ended).toEqual([]);
  await pass(clock, 3_000);
  expect(names(world.ended)).toEqual(["Ann", "Bob"]);
  expect([...(world.ended[0]?.groups ?? [])]).toEqual(["red"]);
  expect(world.logged).toEqual(["The gateway edge-1.1 is gone, and its sessions have ended"]);
  await pass(clock, 20_000);
  expect(world.ended.length).toBe(2);
});

test("a gateway may be missing for some seconds, and need not answer while the broker is away", async () => {
  const { broker, clock, world, gateways } = await startCluster();
  await enter(gateways[0], "Ann");
  for (const fate of ["nobody", "is dropped", "nobody"] as const) {
    broker.fate = (sent) => (isQuestion(sent) ? fate : "arrives");
    await pass(clock, fate === "nobody" ? 5_000 : 20_000);
  }
  broker.fate = () => "arrives";
  await pass(clock, 10_000);
  expect(world.ended).toEqual([]);
});

test("where the announcement of an end is lost, the end is heard all the same, and once if it comes late", async () => {
  const { broker, clock, world, gateways } = await startCluster();
  const client = await enter(gateways[0], "Ann");
  broker.fate = (sent) => (isAnnouncement(sent) ? "is dropped" : "arrives");
  await leave(client, gateways[0], sessionOf(broker, "Ann"));
  expect(world.ended).toEqual([]);
  await pass(clock, 1_500);
  expect(names(world.ended)).toEqual(["Ann"]);
  for (const sent of broker.sent.filter(isAnnouncement)) send(broker, sent);
  await pass(clock, 5_000);
  expect(world.ended.length).toBe(1);
});

test("nobody is asked after sessions that have ended, even if a call of one comes after its end", async () => {
  const { broker, clock, world, gateways } = await startCluster();
  const client = await enter(gateways[0], "Ann");
  const call = broker.sent.find(({ frame }) => frame[3] === "enter");
  await leave(client, gateways[0], sessionOf(broker, "Ann"));
  if (call !== undefined) send(broker, { ...call, frame: call.frame.with(1, 0) });
  const before = broker.sent.length;
  await pass(clock, 5_000);
  expect(broker.sent.slice(before).filter(isQuestion)).toEqual([]);
  expect(names(world.ended)).toEqual(["Ann"]);
});

test("a gateway that was given up, and is back, ends the sessions that the modules were told had ended", async () => {
  const { broker, clock, world, gateways } = await startCluster();
  const clients = [await enter(gateways[0], "Ann"), await enter(gateways[0], "Bob")] as const;
  broker.fate = (sent) => (isQuestion(sent) ? "nobody" : "arrives");
  await pass(clock, 20_000);
  expect(names(world.ended)).toEqual(["Ann", "Bob"]);
  for (const client of clients) await client.settle();
  broker.fate = () => "arrives";
  // A session that began later is left alone.
  const eve = await enter(gateways[0], "Eve");
  await pass(clock, 2_000);
  for (const client of clients) await client.closed();
  await pass(clock, 5_000);
  expect(names(world.ended)).toEqual(["Ann", "Bob"]);
  await eve.settle();
});

test("a session that calls after its gateway was given up is ended, however long that was gone", async () => {
  const { broker, clock, world, gateways } = await startCluster();
  const client = await enter(gateways[0], "Ann");
  broker.fate = (sent) => (isQuestion(sent) ? "nobody" : "arrives");
  await pass(clock, 310_000);
  const before = broker.sent.length;
  await pass(clock, 5_000);
  expect(broker.sent.slice(before).filter(isQuestion)).toEqual([]);
  broker.fate = () => "arrives";
  client.publish("rpc/Room/enter/2", '["Ann"]');
  await client.json();
  await pass(clock, 2_000);
  await client.closed();
  expect(names(world.ended)).toEqual(["Ann"]);
});

test("where the gateway is a thread of the same process, it is known at once that it is gone", async () => {
  const broker = new Network();
  const threads = new Network();
  const clock = new ManualClock();
  const inner = await start({
    id: "game-1.2",
    broker,
    threads,
    clock,
    onEnter: (session, name) => session.bind(name),
  });
  const options = { broker, threads, hasGateway: true, neighbours: ["Room"] };
  const edge = await start({ id: "game-1.1", ...options });
  await enter(edge, "Ann");
  threads.kill("game-1.1");
  threads.announceDeath("game-1.1");
  broker.kill("game-1.1");
  await pass(clock, 1_500);
  expect(names(inner.ended)).toEqual(["Ann"]);
});

test("a gateway with many sessions is asked after some at a time, each in its turn", () => {
  const gateway = new WatchedGateway("edge-1.1");
  for (let i = 0; i < 250; i++) gateway.sessions.add(String(i));
  const turns = [gateway.takeTurn(), gateway.takeTurn(), gateway.takeTurn()];
  expect(turns.map(({ length }) => length)).toEqual([100, 100, 100]);
  expect(new Set(turns.flat()).size).toBe(250);
});

test("of the sessions that have ended, the latest are remembered", () => {
  const ends = new RecentEnds();
  for (let i = 0; i <= 10_000; i++) ends.add(String(i), true);
  expect([ends.has("0"), ends.has("1"), ends.has("10000")]).toEqual([false, true, true]);
  ends.add("lost", false);
  expect([ends.isCertain("0"), ends.isCertain("10000"), ends.isCertain("lost")]).toEqual([
    false,
    true,
    false,
  ]);
});
