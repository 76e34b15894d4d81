import { connectAsync } from "mqtt";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { eventually } from "../gateway/eventually.js";
import { admitted, type RawClient } from "../gateway/raw-client.js";
import { type Game, moved, rang, said, startGame } from "./game.js";
import { enter } from "./player.js";

const all = { kind: "all" } as const;
const filling = "x".repeat(60_000);

/** Pushes until what a client that does not read is sent waits at the gateway, and returns the number of the last. */
async function fill(game: Game): Promise<number> {
  let number = 0;
  // What the system's buffers take is written and gone.
  while (game.gateway.counters.replacedPushes === 0) {
    game.gateway.push(moved, all, [++number, filling]);
    await new Promise(setImmediate);
  }
  return number;
}

/** The numbers that have come, by topic. */
function heard(client: RawClient): [topic: string, number: number][] {
  return client.packets.flatMap((packet) => {
    if (packet.cmd !== "publish") return [];
    const [number] = JSON.parse(packet.payload.toString()) as [number, string];
    return [[packet.topic.slice("json/on/Game/".length), number] as [string, number]];
  });
}

async function sleeper(game: Game): Promise<RawClient> {
  const client = await admitted(game.mqttPort);
  onTestFinished(() => client[Symbol.dispose]());
  await client.subscribe("json/on/#");
  client.stopReading();
  return client;
}

test("a push marked @latest gives way to a newer one while a slow reader has others to read, and never ends the session", async () => {
  await using game = await startGame();
  const client = await sleeper(game);
  let last = await fill(game);
  // 60 MB, of which one frame may wait.
  for (let i = 0; i < 1_000; i++) game.gateway.push(moved, all, [++last, filling]);
  expect(game.gateway.counters.replacedPushes).toBeGreaterThanOrEqual(1_000);
  client.readOn();
  await client.until(() => heard(client).at(-1)?.[1] === last);
  const numbers = heard(client).map(([, number]) => number);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
  expect(numbers.length).toBeLessThan(last - 900);
  // And whatever comes from now on comes whole again.
  const before = game.gateway.counters.replacedPushes;
  for (let i = 0; i < 10; i++) game.gateway.push(moved, all, [++last, ""]);
  await client.settle();
  expect(heard(client).slice(-10)).toEqual(Array.from({ length: 10 }, (_, i) => ["moved", last - 9 + i]));
  expect(game.gateway.counters.replacedPushes).toBe(before);
  expect(game.ended).toEqual([]);
});

test("a reader who keeps up gets every push marked @latest, also those of one turn", async () => {
  await using game = await startGame();
  using client = await admitted(game.mqttPort);
  await client.subscribe("json/on/#");
  for (let i = 0; i < 500; i++) game.gateway.push(moved, all, [i, ""]);
  await client.settle();
  expect(heard(client)).toEqual(Array.from({ length: 500 }, (_, i) => ["moved", i]));
});

test("other pushes wait, and come in the order in which they were made among those that give way", async () => {
  await using game = await startGame();
  const client = await sleeper(game);
  const filled = await fill(game);
  game.gateway.push(rang, all, [1, ""]);
  game.gateway.push(moved, all, [filled + 1, ""]);
  game.gateway.push(rang, all, [2, ""]);
  game.gateway.push(moved, all, [filled + 2, ""]);
  game.gateway.push(rang, all, [3, ""]);
  client.readOn();
  await client.settle();
  expect(heard(client).slice(-4)).toEqual([
    ["rang", 1],
    ["rang", 2],
    ["moved", filled + 2],
    ["rang", 3],
  ]);
});

test("each push in each form gives way to its own kind only", async () => {
  await using game = await startGame();
  const client = await admitted(game.mqttPort);
  onTestFinished(() => client[Symbol.dispose]());
  await client.subscribe("json/on/#", "on/#");
  client.stopReading();
  await fill(game);
  game.gateway.push(moved, all, "end");
  client.readOn();
  await client.settle();
  const topics = client.packets.flatMap((packet) => (packet.cmd === "publish" ? [packet.topic] : []));
  expect(topics.slice(-2).sort()).toEqual(["json/on/Game/moved", "on/Game/moved"]);
});

test("pushes without the mark end the connection beyond the bound, however many with it wait", async () => {
  await using game = await startGame({ limits: { queuedBytes: 200_000 } });
  await sleeper(game);
  await fill(game);
  for (let i = 0; i < 10 && game.ended.length === 0; i++) {
    game.gateway.push(moved, all, [0, filling]);
    game.gateway.push(rang, all, [i, filling]);
  }
  await eventually(() => game.ended.length).toBe(1);
});

test("a slow reader who asked for a secret may come back", async () => {
  await using game = await startGame({ limits: { queuedBytes: 200_000 } });
  const [client] = await enter(game.mqttPort);
  await client.subscribe("json/on/#");
  client.stopReading();
  await fill(game);
  for (let i = 0; i < 10; i++) game.gateway.push(rang, all, [i, filling]);
  client.readOn();
  await client.closed();
  expect(game.ended).toEqual([]);
});

test("calls are answered behind what a slow reader has to read first", async () => {
  await using game = await startGame();
  const client = await sleeper(game);
  await fill(game);
  client.publish("rpc/Game/note/n", "[1]");
  await eventually(() => game.notes).toEqual([1]);
  client.readOn();
  await client.until(() =>
    client.packets.some((packet) => packet.cmd === "publish" && packet.topic === "re/n"),
  );
});

test("over WebSocket, too, pushes marked @latest give way", async () => {
  await using game = await startGame();
  const sockets: WebSocket[] = [];
  const client = await connectAsync(`${game.http.replace("http", "ws")}/mqtt`, {
    createWebsocket(url, protocols) {
      const socket = new WebSocket(url, protocols);
      sockets.push(socket);
      return socket;
    },
    reconnectPeriod: 0,
  });
  await client.subscribeAsync("json/on/#");
  const numbers: number[] = [];
  client.on("message", (_topic, payload) => numbers.push((JSON.parse(payload.toString()) as [number])[0]));
  sockets[0]?.pause();
  let last = await fill(game);
  for (let i = 0; i < 100; i++) game.gateway.push(moved, all, [++last, filling]);
  sockets[0]?.resume();
  await eventually(() => numbers.at(-1)).toBe(last);
  expect(numbers.length).toBeLessThan(last - 90);
  await client.endAsync(true);
});

test("a push marked @replay that somebody listens to with QoS 0 is sent as any other", async () => {
  await using game = await startGame();
  using client = await admitted(game.mqttPort);
  await client.subscribe("json/on/#");
  game.gateway.push(said, all, 1);
  expect(await client.next("publish")).toMatchObject({ qos: 0 });
});
