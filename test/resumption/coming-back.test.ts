import { expect, test } from "vitest";
import { eventually } from "../gateway/eventually.js";
import { admitted, connectPacket, publish, RawClient } from "../gateway/raw-client.js";
import { moved, rang, said, startGame } from "./game.js";
import { ask, call, comeBack, enter, knock, reply } from "./player.js";

test("a client that lost its connection comes back to its user, groups, data and subscriptions", async () => {
  await using game = await startGame();
  const [lost, ticket] = await enter(game.mqttPort, "Ann", "red", { level: 3 });
  expect(ticket).toMatchObject({ resumeMs: 30_000 });
  expect(ticket.secret).toMatch(/^[A-Za-z0-9_-]{32}$/);
  await lost.subscribe("json/on/#");
  const before = await call(lost, "show");
  lost[Symbol.dispose]();
  await lost.closed();
  using back = await comeBack(game.mqttPort, ticket);
  expect(await call(back, "show")).toEqual(before);
  expect(before).toEqual([ticket.session, "Ann", ["red"], { level: 3 }]);
  game.gateway.push(rang, { kind: "user", id: "Ann" }, 1);
  game.gateway.push(rang, { kind: "group", id: "red" }, 2);
  game.gateway.push(rang, { kind: "session", id: ticket.session }, 3);
  for (const value of ["1", "2", "3"]) expect(await back.message()).toEqual(["json/on/Game/rang", value]);
  expect(game.ended).toEqual([]);
  // Who comes back is not asked again who that is.
  expect(game.authenticated).toEqual(["undefined"]);
  expect(game.gateway.counters.resumptions).toBe(1);
});

test("what is called right behind the CONNECT is answered, the next secret too", async () => {
  await using game = await startGame();
  const [lost, ticket] = await enter(game.mqttPort);
  lost[Symbol.dispose]();
  using back = new RawClient(game.mqttPort);
  back.send(
    connectPacket({
      clean: false,
      username: "antwire-resume",
      password: Buffer.from(`${ticket.session}:${ticket.secret}`),
    }),
    publish("rpc/Antwire/session/t", "[]"),
    publish("rpc/Game/show/s", "[]"),
  );
  expect(await reply(back, "s")).toMatchObject({ ok: [ticket.session, "Ann", [], null] });
  const { ok: next } = (await reply(back, "t")) as { ok: typeof ticket };
  expect(next.session).toBe(ticket.session);
  expect(next.secret).not.toBe(ticket.secret);
  back[Symbol.dispose]();
  using again = await comeBack(game.mqttPort, next);
  await again.settle();
});

test("with clean session 1 the session goes on, and the flag says that there was none", async () => {
  await using game = await startGame();
  const [lost, ticket] = await enter(game.mqttPort);
  lost[Symbol.dispose]();
  using back = new RawClient(game.mqttPort);
  expect(await knock(back, ticket, true)).toMatchObject({ returnCode: 0, sessionPresent: false });
  expect(await call(back, "show")).toContain(ticket.session);
});

test("a session is taken over from a connection that still stands, which is heard no more", async () => {
  await using game = await startGame();
  const [half, ticket] = await enter(game.mqttPort);
  await half.subscribe("json/on/#");
  half.publish("rpc/Game/note", "[1]");
  half.publish("rpc/Game/wait/w", "[]");
  await eventually(() => game.waits.length).toBe(1);
  using back = await comeBack(game.mqttPort, ticket);
  half.publish("rpc/Game/note", "[666]");
  await half.closed();
  expect(game.waits[0]?.aborted).toBe(true);
  back.publish("rpc/Game/note", "[2]");
  await back.settle();
  expect(game.notes).toEqual([1, 2]);
  game.gateway.push(rang, { kind: "all" }, 1);
  expect(await back.message()).toEqual(["json/on/Game/rang", "1"]);
  expect(game.ended).toEqual([]);
});

test("calls under way when the connection is lost are cancelled", async () => {
  await using game = await startGame();
  const [lost, ticket] = await enter(game.mqttPort);
  lost.publish("rpc/Game/wait/w", "[]");
  await eventually(() => game.waits.length).toBe(1);
  lost[Symbol.dispose]();
  await eventually(() => game.waits[0]?.aborted).toBe(true);
  using back = await comeBack(game.mqttPort, ticket);
  // Its id is free again.
  back.publish("rpc/Game/wait/w", "[]");
  await eventually(() => game.waits.length).toBe(2);
  back.publish("cancel/w");
  expect(await reply(back, "w")).toMatchObject({ error: { code: "cancelled" } });
});

test("calls are dispatched in the order of sending across resumptions", async () => {
  await using game = await startGame();
  let [client, ticket] = await enter(game.mqttPort);
  let number = 0;
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < 50; i++) client.publish("rpc/Game/note", `[${++number}]`);
    await client.settle();
    client[Symbol.dispose]();
    client = await comeBack(game.mqttPort, ticket);
    ticket = await ask(client);
  }
  client[Symbol.dispose]();
  expect(game.notes).toEqual(Array.from({ length: number }, (_, i) => i + 1));
});

test("a message of QoS 2 that is sent again after a resumption runs once", async () => {
  await using game = await startGame();
  const [lost, ticket] = await enter(game.mqttPort);
  lost.publish("rpc/Game/note", "[1]", { qos: 2, id: 9 });
  await lost.next("pubrec");
  lost[Symbol.dispose]();
  using back = await comeBack(game.mqttPort, ticket);
  back.publish("rpc/Game/note", "[1]", { qos: 2, id: 9 });
  await back.next("pubrec");
  back.send({ cmd: "pubrel", messageId: 9 });
  await back.next("pubcomp");
  expect(game.notes).toEqual([1]);
});

test("modules bind, join, give data to and push to a session whose client is away", async () => {
  await using game = await startGame();
  const [lost, ticket] = await enter(game.mqttPort);
  await lost.subscribe("json/on/#");
  lost[Symbol.dispose]();
  const [session] = game.sessions;
  await session?.bind("Bob");
  await session?.join("blue");
  await session?.setData([7]);
  // These it does not hear: they have no mark, or no QoS.
  game.gateway.push(rang, { kind: "all" }, 1);
  game.gateway.push(moved, { kind: "all" }, 1);
  game.gateway.push(said, { kind: "all" }, 1);
  using back = await comeBack(game.mqttPort, ticket);
  expect(await call(back, "show")).toEqual([ticket.session, "Bob", ["blue"], [7]]);
});

test("the session ends once when the window has passed", async () => {
  await using game = await startGame();
  const [lost, ticket] = await enter(game.mqttPort);
  lost[Symbol.dispose]();
  using early = await admitted(game.mqttPort);
  await early.settle();
  expect(game.ended).toEqual([]);
  game.pass(30_000);
  await eventually(() => game.ended.map(({ id, userId }) => [id, userId])).toEqual([[ticket.session, "Ann"]]);
  using late = new RawClient(game.mqttPort);
  expect(await knock(late, ticket)).toMatchObject({ returnCode: 5, sessionPresent: false });
  expect(game.ended.length).toBe(1);
});

test("a client that comes a moment too late finds the session ended", async () => {
  await using game = await startGame();
  const [lost, ticket] = await enter(game.mqttPort);
  lost[Symbol.dispose]();
  // So that the gateway knows that the connection is lost.
  using other = await admitted(game.mqttPort);
  await other.settle();
  game.pass(30_001);
  using late = new RawClient(game.mqttPort);
  expect(await knock(late, ticket)).toMatchObject({ returnCode: 5 });
  await eventually(() => game.ended.length).toBe(1);
});

test.each<[string, (client: RawClient) => void]>([
  ["a DISCONNECT", (client) => client.send({ cmd: "disconnect" })],
  [
    "a DISCONNECT right before the socket is closed",
    (client) => {
      client.send({ cmd: "disconnect" });
      client[Symbol.dispose]();
    },
  ],
  [
    "a DISCONNECT right behind the call for a secret",
    (client) => {
      client.send(publish("rpc/Antwire/session/t", "[]"), { cmd: "disconnect" });
      client[Symbol.dispose]();
    },
  ],
  ["a violation of the protocol", (client) => client.write(Buffer.from([0, 0]))],
])("the session ends at once by %s", async (_how, end) => {
  await using game = await startGame();
  const [client, ticket] = await enter(game.mqttPort);
  end(client);
  await eventually(() => game.ended.length).toBe(1);
  using late = new RawClient(game.mqttPort);
  expect(await knock(late, ticket)).toMatchObject({ returnCode: 5 });
});

test("a module ends a session, whether its client is there or away", async () => {
  await using game = await startGame();
  const [here, ticket] = await enter(game.mqttPort, "Ann");
  const [away, other] = await enter(game.mqttPort, "Bob");
  await game.sessions[0]?.close("enough");
  await here.closed();
  away[Symbol.dispose]();
  await eventually(() => game.ended.length).toBe(1);
  using third = await admitted(game.mqttPort);
  await third.settle();
  await game.sessions[1]?.close();
  expect(game.ended.map(({ userId }) => userId)).toEqual(["Ann", "Bob"]);
  for (const gone of [ticket, other]) {
    using late = new RawClient(game.mqttPort);
    expect(await knock(late, gone)).toMatchObject({ returnCode: 5 });
  }
  await game.sessions[1]?.close();
  expect(game.ended.length).toBe(2);
});

test("a session whose client never asked for a secret ends with its connection", async () => {
  await using game = await startGame();
  const client = await admitted(game.mqttPort);
  client[Symbol.dispose]();
  await eventually(() => game.ended.length).toBe(1);
});

test("clients that are away count as sessions, and are bounded themselves", async () => {
  await using game = await startGame({ limits: { sessions: 3, away: 2 } });
  const clients = [
    await enter(game.mqttPort),
    await enter(game.mqttPort),
    await enter(game.mqttPort),
  ] as const;
  for (const [client] of clients) client[Symbol.dispose]();
  await eventually(() => game.ended.length).toBe(1);
  using fourth = await admitted(game.mqttPort);
  await fourth.settle();
  using fifth = new RawClient(game.mqttPort);
  fifth.send(connectPacket());
  expect(await fifth.next("connack")).toMatchObject({ returnCode: 3 });
  // But those who were there before come back.
  const kept = clients.filter(([, { session }]) => !game.ended.some(({ id }) => id === session));
  expect(kept.length).toBe(2);
  for (const [, ticket] of kept) {
    using back = await comeBack(game.mqttPort, ticket);
    await back.settle();
  }
});

test("with a window of 0 there are no secrets, and sessions end with their connections", async () => {
  await using game = await startGame({ limits: { resumeMs: 0 } });
  using client = await admitted(game.mqttPort);
  client.publish("rpc/Antwire/session/t", "[]");
  expect(await reply(client, "t")).toMatchObject({ error: { code: "unimplemented" } });
  client[Symbol.dispose]();
  await eventually(() => game.ended.length).toBe(1);
});

test("a silent client is found within its keep-alive, and its session waits for it", async () => {
  await using game = await startGame();
  const silent = await admitted(game.mqttPort, { keepalive: 1 });
  const ticket = await ask(silent);
  await silent.closed();
  expect(game.ended).toEqual([]);
  using back = await comeBack(game.mqttPort, ticket);
  expect(await call(back, "show")).toContain(ticket.session);
});

test("a gateway that stops ends the sessions of those who are away, each once", async () => {
  const game = await startGame();
  const [lost] = await enter(game.mqttPort);
  const [here] = await enter(game.mqttPort);
  lost[Symbol.dispose]();
  await here.settle();
  await game.gateway.close();
  expect(game.ended.length).toBe(2);
  expect(new Set(game.ended).size).toBe(2);
});
