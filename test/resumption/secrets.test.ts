import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { connectPacket, RawClient } from "../gateway/raw-client.js";
import { startGame } from "./game.js";
import { ask, comeBack, enter, knock, type Ticket } from "./player.js";

async function refused(port: number, ticket: Pick<Ticket, "session" | "secret">): Promise<void> {
  using client = new RawClient(port);
  expect(await knock(client, ticket)).toMatchObject({ returnCode: 5, sessionPresent: false });
  await client.closed();
}

test("a secret opens its session once", async () => {
  await using game = await startGame();
  const [lost, ticket] = await enter(game.mqttPort);
  lost[Symbol.dispose]();
  using back = await comeBack(game.mqttPort, ticket);
  await refused(game.mqttPort, ticket);
  // Who replays it does not harm the one who used it.
  await back.settle();
  expect(game.ended).toEqual([]);
  expect(game.logged).toContainEqual({
    level: "warn",
    message: "A session could not be resumed",
    fields: expect.objectContaining({ because: "The secret is wrong, or was used before" }),
  });
});

test("a new secret voids the one before", async () => {
  await using game = await startGame();
  const [client, first] = await enter(game.mqttPort);
  const second = await ask(client);
  expect(second.secret).not.toBe(first.secret);
  await refused(game.mqttPort, first);
  await client.settle();
  using back = await comeBack(game.mqttPort, second);
  await back.settle();
});

test("guessed secrets, secrets of others and made-up sessions open nothing, and leave everybody alone", async () => {
  await using game = await startGame();
  const [ann, annsTicket] = await enter(game.mqttPort, "Ann");
  const [bob, bobsTicket] = await enter(game.mqttPort, "Bob");
  const guesses = [
    { session: annsTicket.session, secret: randomBytes(24).toString("base64url") },
    { session: annsTicket.session, secret: bobsTicket.secret },
    { session: annsTicket.session, secret: "" },
    { session: annsTicket.session, secret: `${annsTicket.secret}A` },
    { session: annsTicket.session, secret: annsTicket.secret.toUpperCase() },
    { session: "", secret: annsTicket.secret },
    { session: "__proto__", secret: "constructor" },
    { session: `${annsTicket.session}:`, secret: annsTicket.secret },
    { session: "x".repeat(10_000), secret: "y".repeat(10_000) },
  ];
  for (const guess of guesses) await refused(game.mqttPort, guess);
  for (const client of [ann, bob]) await client.settle();
  expect(game.ended).toEqual([]);
  ann[Symbol.dispose]();
  using back = await comeBack(game.mqttPort, annsTicket);
  await back.settle();
  bob[Symbol.dispose]();
});

test("a session that asked for no secret cannot be taken over", async () => {
  await using game = await startGame();
  using back = new RawClient(game.mqttPort);
  back.send(connectPacket());
  await back.next("connack");
  back.publish("rpc/Game/show/1", "[]");
  const { ok } = (await back.json()) as { ok: [id: string] };
  await refused(game.mqttPort, { session: ok[0], secret: "" });
  await back.settle();
});

test("a CONNECT to resume without a password, or with nonsense, is refused", async () => {
  await using game = await startGame();
  for (const password of [undefined, Buffer.from(""), Buffer.from(":"), Buffer.from([0xff, 0xfe, 0x00])]) {
    using client = new RawClient(game.mqttPort);
    client.send(connectPacket({ username: "antwire-resume", ...(password && { password }) }));
    expect(await client.next("connack")).toMatchObject({ returnCode: 5 });
  }
  expect(game.authenticated).toEqual([]);
});

test("no secret is ever logged", async () => {
  await using game = await startGame();
  const [lost, ticket] = await enter(game.mqttPort);
  lost[Symbol.dispose]();
  using back = await comeBack(game.mqttPort, ticket);
  await refused(game.mqttPort, ticket);
  await back.settle();
  expect(JSON.stringify(game.logged)).not.toContain(ticket.secret);
});
