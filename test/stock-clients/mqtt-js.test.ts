import { connectAsync, type IClientOptions, type IPublishPacket, type MqttClient } from "mqtt";
import { pack, unpack } from "msgpackr";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type GameServer, startGame } from "../setup/game-server.js";

let game: GameServer;
const clients: MqttClient[] = [];

beforeAll(async () => {
  game = await startGame();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
});

afterAll(() => game.stop());

/** Messages that a client heard, as `[topic, payload]`. */
type Heard = [topic: string, payload: Buffer][];

async function connect(options: IClientOptions = {}, url = `mqtt://127.0.0.1:${game.mqttPort}`) {
  const client = await connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0, ...options }, false);
  clients.push(client);
  const heard: Heard = [];
  client.on("message", (topic: string, payload: Buffer, _: IPublishPacket) => heard.push([topic, payload]));
  return { client, heard };
}

/** Waits for the reply with this id. */
async function reply(heard: Heard, id: string): Promise<Buffer> {
  const find = () => heard.find(([topic]) => topic === `re/${id}`)?.[1];
  await expect.poll(find, { timeout: 20_000, interval: 5 }).toBeDefined();
  return find() ?? Buffer.alloc(0);
}

describe.each(["tcp", "websocket"])("mqtt.js over %s", (transport) => {
  const url = () => (transport === "tcp" ? undefined : `ws://127.0.0.1:${game.httpPort}/mqtt`);

  test("calls in MessagePack and is answered in MessagePack", async () => {
    const { client, heard } = await connect({}, url());
    client.publish("rpc/Login/enter/1", pack([`Ida ${transport}`]));
    const player: unknown = unpack(await reply(heard, "1"));
    expect(player).toEqual([0, [expect.any(String), `Ida ${transport}`, expect.any(Number)]]);

    client.publish("rpc/Ranking/top/2", pack([0]));
    const refusal: unknown = unpack(await reply(heard, "2"));
    expect(refusal).toEqual([1, "invalid-argument", expect.any(String), ["count", expect.any(String)]]);
  });

  test.each([0, 1, 2] as const)("calls with QoS %i", async (qos) => {
    const { client, heard } = await connect({}, url());
    await client.publishAsync("rpc/Ranking/top/1", "[3]", { qos });
    expect(JSON.parse((await reply(heard, "1")).toString())).toEqual({ ok: expect.any(Array) });
  });
});

test("calls are answered whether or not the client subscribed to replies", async () => {
  const { client, heard } = await connect();
  await client.subscribeAsync("re/#");
  client.publish("rpc/Ranking/top/subscribed", "[1]");
  expect(JSON.parse((await reply(heard, "subscribed")).toString())).toHaveProperty("ok");
  expect(heard).toHaveLength(1);
});

test("one client's calls reach a module in the order in which they were sent", async () => {
  const { client, heard } = await connect({ username: "Jan" });
  const { client: listener, heard: talk } = await connect({ username: "Kai" });
  await listener.subscribeAsync("json/on/Chat/said");
  const texts = Array.from({ length: 20 }, (_, i) => `line ${i}`);
  texts.forEach((text, i) => {
    client.publish(
      `rpc/Chat/say/${i}`,
      i % 2 === 0 ? pack(["lobby", text]) : JSON.stringify(["lobby", text]),
    );
  });
  for (const i of texts.keys()) await reply(heard, String(i));
  expect(heard.map(([topic]) => topic)).toEqual(texts.map((_, i) => `re/${i}`));
  const said = () =>
    talk.map(([, payload]) => JSON.parse(payload.toString())).filter((line) => line.from === "Jan");
  await expect.poll(() => said().length, { timeout: 20_000 }).toBe(texts.length);
  expect(said().map((line) => line.text)).toEqual(texts);
});

test("nobody sees another client's calls, replies or publications", async () => {
  const { client: spy, heard: spied } = await connect();
  await spy.subscribeAsync("#");
  const { client, heard } = await connect();
  for (const topic of ["re/1", "on/Chat/said", "json/on/Chat/said", "other", "rpc/Login", "a/b/c/d/e"]) {
    client.publish(topic, "smuggled", { retain: true });
  }
  client.publish("rpc/Login/enter/1", '["Lea"]');
  expect(JSON.parse((await reply(heard, "1")).toString())).toHaveProperty("ok");

  // What the others' packets led to was written before the reply to a call that came after them.
  spy.publish("rpc/Ranking/top/mine", "[1]");
  await reply(spied, "mine");
  expect(spied.map(([topic]) => topic)).toEqual(["re/mine"]);
});

test("a will is not published", async () => {
  const { client: spy, heard: spied } = await connect({ username: "Mia" });
  await spy.subscribeAsync("json/on/Chat/said");
  const will = {
    topic: "json/on/Chat/said",
    payload: Buffer.from("smuggled"),
    qos: 0,
    retain: false,
  } as const;
  const { client } = await connect({ will });
  client.stream.destroy();

  const { client: other, heard } = await connect({ username: "Nina" });
  other.publish("rpc/Chat/say/1", '["lobby", "after the will"]');
  await reply(heard, "1");
  await expect.poll(() => spied.some(([, payload]) => payload.includes("after the will"))).toBe(true);
  expect(spied.some(([, payload]) => payload.includes("smuggled"))).toBe(false);
});

test("two connections with one client id are two sessions", async () => {
  const first = await connect({ clientId: "same" });
  const second = await connect({ clientId: "same" });
  for (const { client, heard } of [first, second]) {
    client.publish("rpc/Ranking/top/1", "[1]");
    expect(JSON.parse((await reply(heard, "1")).toString())).toHaveProperty("ok");
  }
});

test("MQTT 5 is refused with a return code", async () => {
  await expect(connect({ protocolVersion: 5 })).rejects.toMatchObject({ code: 1 });
});
