import { once } from "node:events";
import { readFileSync } from "node:fs";
import net, { type Socket } from "node:net";
import mqttPacket, { type Packet } from "mqtt-packet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GameServer, startGame } from "../setup/game-server.js";

let game: GameServer;

beforeAll(async () => {
  game = await startGame();
});

afterAll(() => game.stop());

/** One packet of the example in docs/protocol.md. */
interface Step {
  readonly from: "client" | "server";
  /** What the line says that stands over the bytes. */
  readonly says: string;
  readonly bytes: Buffer;
}

function readTranscript(): Step[] {
  const text = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");
  const [, block = ""] = /\n## An example\n.*?\n```\n(.*?)```/s.exec(text) ?? [];
  return [...block.matchAll(/^([→←]) (.+)\n((?: {4}[0-9a-f ]+\n)+)/gm)].map(
    ([, arrow, says = "", hex = ""]) => ({
      from: arrow === "→" ? "client" : "server",
      says,
      bytes: Buffer.from(hex.replace(/\s/g, ""), "hex"),
    }),
  );
}

const steps = readTranscript();

test.each(steps.map(({ from, says, bytes }) => [from, says, bytes] as const))(
  "the %s's bytes are what the line over them says: %s",
  (_from, says, bytes) => {
    const [cmd = "", ...words] = says.split(/\s+/);
    const [packet, ...more] = parse(bytes);
    expect(more).toEqual([]);
    expect(packet?.cmd).toBe(cmd.toLowerCase());
    if (packet?.cmd !== "publish") return;
    expect(packet.topic).toBe(words[0]);
    const text = says.slice(says.indexOf(packet.topic) + packet.topic.length).trim();
    if (!text.endsWith("in MessagePack")) expect(packet.payload.toString()).toBe(text);
  },
);

test("the game answers byte by byte what the example says, but for ids and time", async () => {
  const socket = net.connect(game.mqttPort, "127.0.0.1");
  await once(socket, "connect");
  const next = readPackets(socket);
  expect(steps.filter(({ from }) => from === "server").length).toBeGreaterThan(5);
  for (const { from, bytes } of steps) {
    if (from === "client") socket.write(bytes);
    else expect(hex(withIdsOf(bytes, await next()))).toBe(hex(bytes));
  }
  await once(socket, "close"); // That is what DISCONNECT is for.
});

/** The server's packets one after the other, without what the bots say meanwhile. */
function readPackets(socket: Socket): () => Promise<Buffer> {
  const packets: Buffer[] = [];
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      // None of these packets is longer than two bytes can say.
      const [, low = 0, high = 0] = rest;
      const length = low < 0x80 ? 2 + low : 3 + (low & 0x7f) + high * 0x80;
      if (rest.length < 3 && !(rest.length === 2 && low === 0)) return;
      if (rest.length < length) return;
      const packet = rest.subarray(0, length);
      rest = rest.subarray(length);
      if (!/Chat\/said.*"from":"(?!Ann")/s.test(packet.toString())) packets.push(packet);
    }
  });
  return async () => {
    await expect.poll(() => packets.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(0);
    return packets.shift() ?? Buffer.alloc(0);
  };
}

/** What is different each time: a user's id, the colour that follows from it, and the time. */
const changing = [/"userId":"[^"]*"/, /"hue":\d+/, /"at":\d+/];

/** The packet with the ids and times of the example in the place of its own. */
function withIdsOf(example: Buffer, bytes: Buffer): Buffer {
  const [ours] = parse(example);
  const [theirs] = parse(bytes);
  if (ours?.cmd !== "publish" || theirs?.cmd !== "publish") return bytes;
  let payload = theirs.payload.toString("latin1");
  for (const pattern of changing) {
    const [same] = pattern.exec(ours.payload.toString("latin1")) ?? [];
    if (same !== undefined) payload = payload.replace(pattern, same);
  }
  if (payload === theirs.payload.toString("latin1")) return bytes;
  return mqttPacket.generate({ ...theirs, payload: Buffer.from(payload, "latin1") });
}

function parse(bytes: Buffer): Packet[] {
  const packets: Packet[] = [];
  const parser = mqttPacket.parser();
  parser.on("packet", (packet) => packets.push(packet));
  parser.parse(bytes);
  return packets;
}

function hex(bytes: Buffer): string {
  return bytes.toString("hex").replace(/..(?!$)/g, "$& ");
}
