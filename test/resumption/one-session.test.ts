import { describe, expect, onTestFinished, test } from "vitest";
import type { SessionsPerUser } from "../../runtime/config/config.js";
import type { Session } from "../../runtime/session/session.js";
import { eventually } from "../gateway/eventually.js";
import { admitted, connectPacket, RawClient } from "../gateway/raw-client.js";
import { Network } from "../remote/network.js";
import { Node } from "../session/node.js";
import { startGame } from "./game.js";
import { ask, call, comeBack, enter, knock, reply } from "./player.js";

/** What a client hears that is told why its session ends. */
const replaced = { code: "replaced", reason: "The user began another session" };

async function closing(client: RawClient): Promise<unknown> {
  const [topic, payload] = await client.message();
  expect(topic).toBe("json/on/Antwire/closed");
  await client.closed();
  return JSON.parse(payload);
}

describe("at one gateway", () => {
  test("a user may have several sessions, if nothing else is said", async () => {
    await using game = await startGame();
    const [first] = await enter(game.mqttPort, "Ann");
    const [second] = await enter(game.mqttPort, "Ann");
    for (const client of [first, second]) {
      await client.settle();
      client[Symbol.dispose]();
    }
  });

  test("a new session of the user replaces the one before, which is told so", async () => {
    await using game = await startGame({ sessionsPerUser: "replace" });
    const [first, ticket] = await enter(game.mqttPort, "Ann");
    const [bob] = await enter(game.mqttPort, "Bob");
    await first.subscribe("json/on/Antwire/closed");
    const [second] = await enter(game.mqttPort, "Ann");
    expect(await closing(first)).toEqual(replaced);
    await eventually(() => game.ended.map(({ id }) => id)).toEqual([ticket.session]);
    for (const client of [second, bob]) await client.settle();
    // To be bound again to the same user replaces nobody.
    await call(second, "enter", "Ann");
    await second.settle();
    using late = new RawClient(game.mqttPort);
    expect(await knock(late, ticket)).toMatchObject({ returnCode: 5 });
    for (const client of [second, bob]) client[Symbol.dispose]();
  });

  test("a session that is replaced while its client is away ends once", async () => {
    await using game = await startGame({ sessionsPerUser: "replace" });
    const [lost, ticket] = await enter(game.mqttPort, "Ann");
    lost[Symbol.dispose]();
    const [second] = await enter(game.mqttPort, "Ann");
    await eventually(() => game.ended.map(({ id }) => id)).toEqual([ticket.session]);
    second[Symbol.dispose]();
  });

  test("a further session is refused its user, and may have another", async () => {
    await using game = await startGame({ sessionsPerUser: "refuse" });
    const [first] = await enter(game.mqttPort, "Ann");
    using second = await admitted(game.mqttPort);
    second.publish("rpc/Game/enter/1", '["Ann"]');
    expect(await reply(second, "1")).toMatchObject({ error: { code: "permission-denied" } });
    expect(await call(second, "show")).toContain(null);
    await call(second, "enter", "Bob");
    await first.settle();
    // The user is free once the session has ended, or has left it.
    first.send({ cmd: "disconnect" });
    await first.closed();
    await eventually(() => game.ended.length).toBe(1);
    using third = await admitted(game.mqttPort);
    await call(third, "enter", "Ann");
    await call(third, "enter", "Eve");
    await call(second, "enter", "Ann");
  });

  test("a CONNECT as a user who has a session is answered with 5", async () => {
    await using game = await startGame({
      sessionsPerUser: "refuse",
      authenticate: ({ username = "" }) => ({ userId: username }),
    });
    using first = await admitted(game.mqttPort, { username: "Ann" });
    using second = new RawClient(game.mqttPort);
    second.send(connectPacket({ username: "Ann" }));
    expect(await second.next("connack")).toMatchObject({ returnCode: 5 });
    await first.settle();
  });

  test("one whose client is away gives way, and a resumption keeps its user", async () => {
    await using game = await startGame({ sessionsPerUser: "refuse" });
    const [lost, ticket] = await enter(game.mqttPort, "Ann");
    lost[Symbol.dispose]();
    using back = await comeBack(game.mqttPort, ticket);
    expect(await call(back, "show")).toContain("Ann");
    await ask(back);
    back[Symbol.dispose]();
    using other = await admitted(game.mqttPort);
    await other.settle();
    await call(other, "enter", "Ann");
    await eventually(() => game.ended.map(({ id }) => id)).toEqual([ticket.session]);
  });

  test.each<[SessionsPerUser, number]>([
    ["replace", 1],
    ["refuse", 1],
  ])("of many that enter at once with %s, %i stays", async (sessionsPerUser, expected) => {
    await using game = await startGame({ sessionsPerUser });
    const clients = await Promise.all(Array.from({ length: 10 }, () => admitted(game.mqttPort)));
    for (const client of clients) client.publish("rpc/Game/enter/1", '["Ann"]');
    const hasUser = () => game.sessions.filter(({ userId, id }) => userId === "Ann" && isOpen(id)).length;
    const isOpen = (id: string) => game.gateway.findSession(id) !== undefined;
    await eventually(() => game.sessions.length).toBe(10);
    await eventually(hasUser).toBe(expected);
    for (const client of clients) client[Symbol.dispose]();
  });
});

test("a client whose session the application closes is told the reason, in either form", async () => {
  await using game = await startGame();
  const [client] = await enter(game.mqttPort, "Ann");
  await client.subscribe("json/on/Antwire/closed");
  await game.sessions[0]?.close("you cheated");
  expect(await closing(client)).toEqual({ code: "closed", reason: "you cheated" });
  const [packed] = await enter(game.mqttPort, "Bob");
  await packed.subscribe("on/#");
  await game.sessions[1]?.close("bye");
  const { topic, payload } = await packed.next("publish");
  expect(topic).toBe("on/Antwire/closed");
  expect([...(payload as Buffer)]).toEqual([
    0x92,
    0xa6,
    ...Buffer.from("closed"),
    0xa3,
    ...Buffer.from("bye"),
  ]);
  await packed.closed();
});

describe("at two gateways", () => {
  async function startCluster(sessionsPerUser: SessionsPerUser) {
    const broker = new Network();
    const bound: Session[] = [];
    const refused: unknown[] = [];
    const start = async (id: string, hasGateway: boolean) => {
      const node = await Node.start({
        id,
        broker,
        hasGateway,
        gateway: { sessionsPerUser },
        ...(hasGateway
          ? {}
          : {
              onEnter: async (session, name) => {
                await session.bind(name).then(
                  () => bound.push(session),
                  (error: unknown) => {
                    refused.push(error);
                    throw error;
                  },
                );
              },
            }),
      });
      onTestFinished(() => node[Symbol.asyncDispose]());
      return node;
    };
    const world = await start("world-1.1", false);
    const gateways = [await start("edge-1.1", true), await start("edge-2.1", true)] as const;
    return { broker, world, gateways, bound, refused };
  }

  async function connectTo(node: Node): Promise<RawClient> {
    const client = await admitted(node.mqttPort);
    onTestFinished(() => client[Symbol.dispose]());
    await client.subscribe("json/on/Antwire/closed");
    return client;
  }

  async function bind(client: RawClient): Promise<unknown> {
    client.publish("rpc/Room/enter/1", '["Ann"]');
    return reply(client, "1");
  }

  test("a new session replaces one at the other", async () => {
    const { world, gateways } = await startCluster("replace");
    const first = await connectTo(gateways[0]);
    expect(await bind(first)).toEqual({ ok: null });
    const ticket = await ask(first);
    await new Promise((resolve) => setTimeout(resolve, 400));
    const second = await connectTo(gateways[1]);
    expect(await bind(second)).toEqual({ ok: null });
    expect(await closing(first)).toEqual(replaced);
    await eventually(() => world.ended.map(({ id }) => id)).toEqual([ticket.session]);
    await second.settle();
  });

  test("a further session is refused while the other has one", async () => {
    const { gateways, refused } = await startCluster("refuse");
    const first = await connectTo(gateways[0]);
    expect(await bind(first)).toEqual({ ok: null });
    const second = await connectTo(gateways[1]);
    expect(await bind(second)).toHaveProperty("error");
    expect(refused).toEqual([expect.objectContaining({ code: "permission-denied" })]);
    first.send({ cmd: "disconnect" });
    await first.closed();
    expect(await bind(second)).toEqual({ ok: null });
  });

  test("a client of the other that is away gives way", async () => {
    const { world, gateways } = await startCluster("refuse");
    const first = await connectTo(gateways[0]);
    const ticket = await ask(first);
    await bind(first);
    first[Symbol.dispose]();
    const second = await connectTo(gateways[1]);
    await eventually(async () => await bind(second)).toEqual({ ok: null });
    await eventually(() => world.ended.map(({ id }) => id)).toEqual([ticket.session]);
  });

  test("of two that enter at once, one is refused", async () => {
    const { gateways, bound, refused } = await startCluster("refuse");
    for (let round = 1; round <= 3; round++) {
      const clients = await Promise.all([connectTo(gateways[0]), connectTo(gateways[1])]);
      for (const client of clients) client.publish("rpc/Room/enter", `["user ${round}"]`);
      await eventually(() => bound.length + refused.length).toBe(round * 2);
      expect([bound.length, refused.length]).toEqual([round, round]);
    }
  });

  test("of two that enter at once, one is replaced", async () => {
    const { gateways, bound } = await startCluster("replace");
    for (let round = 1; round <= 3; round++) {
      const clients = await Promise.all([connectTo(gateways[0]), connectTo(gateways[1])]);
      for (const client of clients) client.publish("rpc/Room/enter", `["user ${round}"]`);
      await eventually(() => clients.filter(({ isClosed }) => isClosed).length).toBe(1);
      await eventually(() => bound.length).toBe(round * 2);
      for (const client of clients) if (!client.isClosed) await client.settle();
    }
  });

  test("a session is not resumed at the other, whose log says where it is", async () => {
    const { gateways } = await startCluster("allow");
    const first = await connectTo(gateways[0]);
    const ticket = await ask(first);
    using lost = new RawClient(gateways[1].mqttPort);
    expect(await knock(lost, ticket)).toMatchObject({ returnCode: 5 });
    expect(gateways[1].logged.join("\n")).toContain("could not be resumed");
    await first.settle();
    using back = await comeBack(gateways[0].mqttPort, ticket);
    await back.settle();
  });
});
