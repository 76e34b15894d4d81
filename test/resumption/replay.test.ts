import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../gateway/eventually.js";
import { admitted, type RawClient } from "../gateway/raw-client.js";
import { type Game, moved, rang, said, startGame } from "./game.js";
import { startLeakyProxy } from "./leaky-proxy.js";
import { ask, comeBack, enter, type Ticket } from "./player.js";

const all = { kind: "all" } as const;

/** Subscribes with a QoS, and resolves with what was granted. */
async function subscribe(client: RawClient, qos: 0 | 1 | 2, topic = "json/on/#"): Promise<unknown> {
  client.send({ cmd: "subscribe", messageId: 7, subscriptions: [{ topic, qos }] });
  return (await client.next("suback")).granted;
}

/** A client that has subscribed with QoS 1 and could come back. */
async function listen(game: Game, port = game.mqttPort): Promise<[client: RawClient, ticket: Ticket]> {
  const [client, ticket] = await enter(port);
  await subscribe(client, 1);
  return [client, ticket];
}

/** The next pushes: value, QoS, identifier and DUP. */
async function hear(client: RawClient, count: number): Promise<unknown[]> {
  const heard = [];
  for (let i = 0; i < count; i++) {
    const { payload, qos, messageId, dup } = await client.next("publish");
    heard.push([JSON.parse(payload.toString()), qos, messageId, dup]);
  }
  return heard;
}

function say(game: Game, ...values: unknown[]): void {
  for (const value of values) game.gateway.push(said, all, value);
}

/** Loses the connection, and resolves when the gateway has noticed. */
async function lose(game: Game, client: RawClient): Promise<void> {
  client[Symbol.dispose]();
  using other = await admitted(game.mqttPort);
  await other.settle();
}

test("pushes marked @replay come with QoS 1 to those who asked for that, and all others with QoS 0", async () => {
  await using game = await startGame();
  const clients: RawClient[] = [];
  for (const qos of [0, 1, 2] as const) {
    const [client] = await enter(game.mqttPort);
    onTestFinished(() => client[Symbol.dispose]());
    expect(await subscribe(client, qos)).toEqual([qos]);
    clients.push(client);
  }
  say(game, "a");
  game.gateway.push(rang, all, "b");
  game.gateway.push(moved, all, "c");
  for (const [i, client] of clients.entries()) {
    const marked = i === 0 ? ["a", 0, undefined, false] : ["a", 1, 1, false];
    expect(await hear(client, 3)).toEqual([marked, ["b", 0, undefined, false], ["c", 0, undefined, false]]);
  }
});

test("the QoS of a filter that is subscribed to again counts", async () => {
  await using game = await startGame();
  const [client] = await enter(game.mqttPort);
  onTestFinished(() => client[Symbol.dispose]());
  for (const [qos, got] of [
    [1, 1],
    [0, 0],
    [2, 1],
  ] as const) {
    await subscribe(client, qos);
    say(game, "a");
    expect(await client.next("publish")).toMatchObject({ qos: got });
  }
  client.send({ cmd: "unsubscribe", messageId: 8, unsubscriptions: ["json/on/#"] });
  await client.next("unsuback");
  say(game, "b");
  await client.settle();
  expect(client.packets).toEqual([]);
});

test("what was not acknowledged comes again with DUP, then what was pushed meanwhile, then the rest, in order", async () => {
  await using game = await startGame();
  const [lost, ticket] = await listen(game);
  say(game, 1, 2, 3);
  await hear(lost, 3);
  lost.send({ cmd: "puback", messageId: 1 });
  await lose(game, lost);
  say(game, 4, 5);
  using back = await comeBack(game.mqttPort, ticket);
  say(game, 6);
  expect(await hear(back, 5)).toEqual([
    [2, 1, 2, true],
    [3, 1, 3, true],
    [4, 1, 4, false],
    [5, 1, 5, false],
    [6, 1, 6, false],
  ]);
});

test("what is acknowledged after a resumption does not come again, and what is not does", async () => {
  await using game = await startGame();
  let [client, ticket] = await listen(game);
  say(game, 1, 2, 3);
  await lose(game, client);
  client = await comeBack(game.mqttPort, ticket);
  ticket = await ask(client);
  // In any order, and those that nobody sent, too.
  for (const messageId of [3, 1, 1, 77]) client.send({ cmd: "puback", messageId });
  await client.settle();
  await lose(game, client);
  using back = await comeBack(game.mqttPort, ticket);
  expect(await hear(back, 1)).toEqual([[2, 1, 2, true]]);
  await back.settle();
  expect(back.packets).toEqual([]);
});

test("the oldest are dropped and counted beyond the bound of pushes", async () => {
  await using game = await startGame({ limits: { replay: 3 } });
  const [lost, ticket] = await listen(game);
  await lose(game, lost);
  say(game, 1, 2, 3, 4, 5);
  expect(game.gateway.counters.droppedReplays).toBe(2);
  using back = await comeBack(game.mqttPort, ticket);
  expect(await hear(back, 3)).toEqual([
    [3, 1, 3, false],
    [4, 1, 4, false],
    [5, 1, 5, false],
  ]);
});

test("the oldest are dropped and counted beyond the bound of bytes", async () => {
  await using game = await startGame({ limits: { queuedBytes: 2_000 } });
  const [lost, ticket] = await listen(game);
  await lose(game, lost);
  say(game, "a".repeat(400), "b".repeat(400), "c".repeat(400));
  expect(game.gateway.counters.droppedReplays).toBe(1);
  using back = await comeBack(game.mqttPort, ticket);
  expect(await hear(back, 2)).toEqual([
    ["b".repeat(400), 1, 2, false],
    ["c".repeat(400), 1, 3, false],
  ]);
});

test("nothing is kept for clients that cannot come back", async () => {
  await using game = await startGame({ limits: { replay: 2 } });
  using client = await admitted(game.mqttPort);
  await subscribe(client, 1);
  say(game, 1, 2, 3, 4);
  expect(await hear(client, 4)).toEqual([1, 2, 3, 4].map((n) => [n, 1, n, false]));
  expect(game.gateway.counters.droppedReplays).toBe(0);
});

test("a client that acknowledges nothing costs no more than the bound", async () => {
  await using game = await startGame({ limits: { replay: 10 } });
  const [client] = await listen(game);
  for (let i = 1; i <= 1_000; i++) say(game, i);
  const heard = await hear(client, 1_000);
  expect(heard.at(-1)).toEqual([1_000, 1, 1_000, false]);
  expect(game.gateway.counters.droppedReplays).toBe(990);
  client[Symbol.dispose]();
});

test("identifiers go round, and leave out those that are still in use", async () => {
  await using game = await startGame();
  const [client] = await listen(game);
  say(game, "first");
  await client.next("publish");
  for (let i = 2; i <= 65_535; i++) {
    say(game, i);
    // Acknowledged as soon as they come, but for the first.
    client.send({ cmd: "puback", messageId: i });
    if (i % 200 === 0) {
      await client.settle();
      client.packets.length = 0;
    }
  }
  await client.settle();
  client.packets.length = 0;
  say(game, "last");
  expect(await hear(client, 1)).toEqual([["last", 1, 2, false]]);
  client[Symbol.dispose]();
});

test("a malformed PUBACK ends the session", async () => {
  await using game = await startGame();
  const [client] = await listen(game);
  client.write(Buffer.from([0x40, 1, 7]));
  await client.closed();
  await eventually(() => game.ended.length).toBe(1);
});

test("no push is lost, repeated or out of order where the network swallows bytes and dies again and again", async () => {
  await using game = await startGame();
  await using proxy = await startLeakyProxy(game.mqttPort);
  let [client, ticket] = await listen(game, proxy.port);
  const heard: number[] = [];
  let lastIdentifier = 0;
  let pushed = 0;
  let wasRepeated = 0;

  /** Takes what has come, as a client does that knows repetitions by their identifiers. */
  function take(): void {
    for (const packet of client.packets.splice(0)) {
      if (packet.cmd !== "publish" || packet.qos !== 1) continue;
      const identifier = packet.messageId ?? 0;
      client.send({ cmd: "puback", messageId: identifier });
      if (packet.dup && identifier <= lastIdentifier) {
        wasRepeated++;
        continue;
      }
      lastIdentifier = identifier;
      heard.push(Number(packet.payload.toString()));
    }
  }

  for (let round = 0; round < 20; round++) {
    for (let i = 0; i < 5; i++) say(game, ++pushed);
    await client.settle();
    // From here on one direction loses everything, in turn.
    proxy.swallow(round % 2 === 0 ? "down" : "up");
    take();
    for (let i = 0; i < 5; i++) say(game, ++pushed);
    await new Promise((resolve) => setTimeout(resolve, 5));
    take();
    proxy.cut();
    await client.closed();
    take();
    for (let i = 0; i < 5; i++) say(game, ++pushed);
    client = await comeBack(proxy.port, ticket);
    ticket = await ask(client);
    take();
  }
  await client.settle();
  take();
  expect(heard).toEqual(Array.from({ length: pushed }, (_, i) => i + 1));
  expect(wasRepeated).toBeGreaterThan(0);
  expect(game.ended).toEqual([]);
  client[Symbol.dispose]();
});
