import { generate } from "mqtt-packet";
import { publish, read } from "./packets.js";
import type { Random } from "./random.js";

/** One way to spoil a session: it gets the packets of one, and gives others. */
type Mutation = (
  random: Random,
  packets: readonly Buffer[],
  others: readonly (readonly Buffer[])[],
) => Buffer[];

// Heads and lengths of MQTT and MessagePack, and what JSON is made of.
const telling = [
  0x00, 0x10, 0x20, 0x30, 0x32, 0x34, 0x36, 0x3d, 0x40, 0x50, 0x62, 0x70, 0x80, 0x82, 0xa2, 0xc0, 0xe0, 0xf0,
  0x7f, 0xff, 0xfe, 0x81, 0x90, 0x91, 0xa1, 0xc1, 0xc4, 0xc7, 0xca, 0xcb, 0xcf, 0xd3, 0xd4, 0xd6, 0xd8, 0xd9,
  0xdc, 0xdd, 0xde, 0xdf, 0x22, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x2c, 0x23, 0x2b, 0x2f,
];
const levels = [
  ...[
    "rpc",
    "re",
    "on",
    "json",
    "cancel",
    "pause",
    "resume",
    "$SYS",
    "$share",
    "Antwire",
    "Play",
    "echo",
    "enter",
  ],
  ...[
    "say",
    "wave",
    "count",
    "wait",
    "hidden",
    "session",
    "closed",
    "said",
    "last",
    "#",
    "+",
    "",
    "1",
    "id-1",
    "a b",
  ],
  ...["__proto__", "constructor", "toString", "Play@1", "\0", "\ufeff", "\ud83d\udc1c", "x".repeat(40)],
];
const atoms = [
  ...[
    "null",
    "true",
    "0",
    "-1",
    "1e999",
    "-0",
    "255",
    "256",
    "1.5",
    "9007199254740993",
    '"a"',
    '""',
    '"9".a',
  ],
  ...[
    '"\\ud800"',
    '"\\u0000"',
    "[]",
    "{}",
    '"2026-01-01"',
    "1e308",
    '"AAAA"',
    '"__proto__"',
    "[[",
    "NaN",
    "",
  ],
];
const names = [
  "__proto__",
  "constructor",
  "name",
  "small",
  "large",
  "kind",
  "radius",
  "tree",
  "branches",
  "is",
  "at",
  "",
];

const mutations: readonly Mutation[] = [
  spoilBytes,
  spoilBytes,
  spoilPayloads,
  spoilPayloads,
  (random, packets) =>
    insert(random, packets, () => publish(topic(random), json(random, 0), qos(random), id(random))),
  (random, packets) =>
    insert(random, packets, () =>
      publish("rpc/Play/echo/j", `[${json(random, 0)}]`, qos(random), id(random)),
    ),
  (random, packets) =>
    insert(random, packets, () => publish(topic(random), noise(random, 40), qos(random), id(random))),
  (random, packets) =>
    insert(random, packets, () =>
      generate({
        cmd: random.once(4) ? "unsubscribe" : "subscribe",
        messageId: id(random),
        subscriptions: [{ topic: topic(random) || "#", qos: qos(random) }],
        unsubscriptions: [topic(random) || "#"],
      } as never),
    ),
  (random, packets) => insert(random, packets, () => noise(random, 60)),
  (random, packets, others) => insert(random, packets, () => random.pick(random.pick(others))),
  // Some packet twice, gone, or at another place.
  (random, packets) => insert(random, packets, () => random.pick(packets)),
  (random, packets) => packets.toSpliced(random.integer(packets.length), 1 + random.integer(3)),
];

/** Spoils a session in one to three ways. */
export function spoil(
  random: Random,
  packets: readonly Buffer[],
  others: readonly (readonly Buffer[])[],
): Buffer[] {
  let spoiled = [...packets];
  for (let times = 1 + random.integer(3); times > 0; times--) {
    if (spoiled.length > 0) spoiled = random.pick(mutations)(random, spoiled, others);
  }
  return spoiled;
}

function spoilBytes(random: Random, packets: readonly Buffer[]): Buffer[] {
  const at = random.integer(packets.length);
  return packets.with(at, spoilBuffer(random, random.pick([packets[at] ?? noise(random, 9)])));
}

/** Spoils what is inside of some packets, which stay well-formed around it. */
function spoilPayloads(random: Random, packets: readonly Buffer[]): Buffer[] {
  return packets.map((bytes) => {
    if ((bytes[0] ?? 0) >> 4 !== 3 || random.once(2)) return bytes;
    const packet = read(bytes);
    if (packet?.cmd !== "publish" || packet.topic === "") return bytes;
    return generate({ ...packet, payload: spoilBuffer(random, Buffer.from(packet.payload)) });
  });
}

function spoilBuffer(random: Random, bytes: Buffer): Buffer {
  let spoiled = Buffer.from(bytes);
  for (let times = 1 + random.integer(3); times > 0; times--) {
    const at = random.integer(spoiled.length + 1);
    const [before, after] = [spoiled.subarray(0, at), spoiled.subarray(at)];
    switch (random.integer(7)) {
      case 0:
        spoiled[at] = random.integer(256);
        break;
      case 1:
        spoiled[at] = (spoiled[at] ?? 0) ^ (1 << random.integer(8));
        break;
      case 2:
        spoiled[at] = random.pick(telling);
        break;
      case 3:
        spoiled = Buffer.concat([before, noise(random, 4), after]);
        break;
      case 4:
        spoiled = Buffer.concat([before, after.subarray(1 + random.integer(4))]);
        break;
      case 5:
        spoiled = Buffer.from(before);
        break;
      case 6:
        spoiled = Buffer.concat([before, after.subarray(0, random.integer(30)), after]);
        break;
    }
  }
  return spoiled;
}

function insert(random: Random, packets: readonly Buffer[], create: () => Buffer): Buffer[] {
  const inserted = Array.from({ length: 1 + random.integer(5) }, create);
  return packets.toSpliced(1 + random.integer(packets.length), 0, ...inserted);
}

function noise(random: Random, most: number): Buffer {
  const bytes = Buffer.alloc(1 + random.integer(most));
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = random.once(2) ? random.pick(telling) : random.integer(256);
  return bytes;
}

function topic(random: Random): string {
  const parts = Array.from({ length: 1 + random.integer(5) }, () => random.pick(levels));
  // Mostly one that leads somewhere.
  if (random.once(2)) parts.splice(0, parts.length, "rpc", "Play", random.pick(levels), random.pick(levels));
  const text = parts.join("/");
  // mqtt-packet writes no empty topic.
  return text === "" ? "/" : text;
}

function json(random: Random, depth: number): string {
  const kind = depth > 6 ? 0 : random.integer(5);
  if (kind < 2) return random.pick(atoms);
  if (kind === 2 && random.once(20)) return "[".repeat(random.integer(3_000));
  const items = Array.from({ length: random.integer(5) }, () => json(random, depth + 1));
  return kind === 2
    ? `[${items.join(",")}]`
    : `{${items.map((item) => `"${random.pick(names)}":${item}`).join(",")}}`;
}

const qos = (random: Random) => random.pick([0, 0, 1, 2] as const);
const id = (random: Random) => 1 + random.integer(random.once(2) ? 5 : 65_535);
