import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startApplication } from "../../runtime/process/application.js";
import { createLog } from "../../runtime/process/log.js";
import { pack } from "../../runtime/wire/pack.js";
import { unpack } from "../../runtime/wire/unpack.js";
import configured from "../fuzz/antwire.config.js";
import { connect, type Game } from "../fuzz/generated/client.js";
import { thing } from "../fuzz/thing.js";
import { admitted, type RawClient } from "../gateway/raw-client.js";

// With generated codecs, which are what stands between a payload and a module.

let said = "";
const log = createLog("text", {
  write(line: string) {
    said += line;
  },
});
let stop: () => Promise<void>;
let port: number;
let other: Game;
const heardByOther: unknown[] = [];

beforeAll(async () => {
  const running = await startApplication(configured, { http: 0, mqtt: 0, log });
  stop = () => running.stop();
  port = Number(new URL(running.addresses.mqtt).port);
  other = await connect(running.addresses.mqtt);
  other.play.said.on((line) => heardByOther.push(line));
  await other.play.enter("Other");
});

afterAll(async () => {
  await other.close();
  await stop();
});

/** Sends a payload that is to be refused, and looks at what it did to others. */
async function attack(payload: string | Buffer, path: RegExp): Promise<void> {
  using attacker = await admitted(port);
  attacker.publish("rpc/Play/echo/1", payload);
  const [code, at] = await refusal(attacker);
  expect(code).toBe("invalid-argument");
  expect(at).toMatch(path);
  // The connection goes on, and so does everybody else's.
  await attacker.settle();
  expect(await other.play.echo(thing(3))).toEqual(thing(3));
  expect(heardByOther).toEqual([]);
  expectCleanPrototypes();
  expect(said).not.toMatch(/ (error|fatal) /);
}

async function refusal(client: RawClient): Promise<[code: unknown, path: unknown]> {
  const payload = Buffer.from((await client.next("publish")).payload);
  if (payload[0] !== 0x7b) {
    const [, code, , details] = unpack(payload) as [number, string, string, unknown[]];
    return [code, details[0]];
  }
  const { error } = JSON.parse(payload.toString()) as { error: { code: string; details: { path: string } } };
  return [error.code, error.details.path];
}

function expectCleanPrototypes(): void {
  for (const prototype of [Object.prototype, Array.prototype, Map.prototype, Function.prototype]) {
    expect(Object.keys(prototype)).toEqual([]);
  }
  expect("polluted" in {}).toBe(false);
}

/** A thing in JSON that fits, but for what is given; the texts are put in as they are. */
function jsonThing(fields: Readonly<Record<string, string>> = {}): string {
  const all = {
    ...{
      name: '"ant"',
      small: "1",
      large: '"1"',
      flag: "true",
      at: "0",
      bytes: '""',
      record: "{}",
      map: "[]",
    },
    ...{ set: "[]", shape: '{"kind":"circle","radius":1}', loose: '"a"', tree: '{"name":"a","branches":[]}' },
    ...{ anything: "null", ...fields },
  };
  return `{${Object.entries(all).map(([name, text]) => `"${name}":${text}`)}}`;
}

test("the thing that the attacks spoil is taken as it is", async () => {
  using client = await admitted(port);
  client.publish("rpc/Play/echo/1", `[${jsonThing()}]`);
  expect(await client.json()).toMatchObject({ ok: { name: "ant" } });
});

describe("in JSON is refused", () => {
  test.each([
    ["an array that never ends", "[".repeat(60_000), /^arguments$/],
    ["an array 10,000 deep", `${"[".repeat(10_000)}${"]".repeat(10_000)}`, /^arguments$/],
    ["objects 10,000 deep", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`, /^arguments$/],
    ["a tree 100 deep", `[${jsonThing({ tree: tree(100) })}]`, /branches|^arguments$/],
    [
      "anything 100 deep",
      `[${jsonThing({ anything: `${"[".repeat(100)}${"]".repeat(100)}` })}]`,
      /^thing|^arguments$/,
    ],
    ["__proto__ in a record", `[${jsonThing({ record: '{"__proto__":1}' })}]`, /^thing\.record/],
    [
      "__proto__ in anything",
      `[${jsonThing({ anything: '{"__proto__":{"polluted":1}}' })}]`,
      /^thing\.anything/,
    ],
    [
      "__proto__ deep in anything",
      `[${jsonThing({ anything: '[{"a":{"__proto__":{"polluted":1}}}]' })}]`,
      /^thing\.anything/,
    ],
    ["__proto__ instead of arguments", '{"__proto__":{"thing":{"polluted":1}}}', /^thing$/],
    ["a prototype instead of a thing", '[{"__proto__":{"name":"ant","polluted":1}}]', /^thing/],
    [
      "a union's member by a name of Object's",
      `[${jsonThing({ shape: '{"kind":"constructor"}' })}]`,
      /^thing\.shape/,
    ],
    [
      "a union's member by __proto__",
      `[${jsonThing({ shape: '{"__proto__":{"kind":"circle"}}' })}]`,
      /^thing\.shape/,
    ],
    ["a number that is none", `[${jsonThing({ loose: "1e999" })}]`, /^thing\.loose/],
    ["half of a character", `[${jsonThing({ loose: '"\\ud800"' })}]`, /^thing\.loose/],
    ["a length that lies", `[${jsonThing({ set: '{"length":4294967295}' })}]`, /^thing\.set/],
  ])("%s", (_what, payload, path) => attack(payload, path));
});

function tree(depth: number): string {
  return `${'{"name":"a","branches":['.repeat(depth)}${"]}".repeat(depth)}`;
}

describe("in MessagePack is refused", () => {
  test.each<[string, readonly number[]]>([
    ["a record of msgpackr's", [0x91, 0xd4, 0x72, 0x40]],
    ["an error of msgpackr's", [0x91, 0xc7, 0x03, 0x65, 0x91, 0xa1, 0x61]],
    ["a regular expression of msgpackr's", [0x91, 0xc7, 0x06, 0x78, 0x92, 0xa2, 0x28, 0x61, 0xa0, 0x00]],
    ["a set of msgpackr's", [0x91, 0xc7, 0x02, 0x73, 0x91, 0x01]],
    ["a time of MessagePack's", [0x91, 0xd6, 0xff, 0, 0, 0, 0]],
    ["a reference of msgpackr's", [0x91, 0xd6, 0x70, 0, 0, 0, 1]],
    ["an extension of 4 GiB", [0x91, 0xc9, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ["an array of 4 G items", [0xdd, 0xff, 0xff, 0xff, 0xff]],
    ["a map of 4 G entries", [0x91, 0xdf, 0xff, 0xff, 0xff, 0xff]],
    ["a text of 4 GiB", [0x91, 0xdb, 0xff, 0xff, 0xff, 0xff]],
    ["bytes of 4 GiB", [0x91, 0xc6, 0xff, 0xff, 0xff, 0xff]],
    ["an array as the key of a map", [0x91, 0x81, 0x91, 0x01, 0x01]],
    ["a map as the key of a map", [0x91, 0x81, 0x80, 0x01]],
    ["a number as the key of a map", [0x91, 0x81, 0x01, 0x01]],
    ["bytes as the key of a map", [0x91, 0x81, 0xc4, 0x01, 0x61, 0x01]],
    ["nil as the key of a map", [0x91, 0x81, 0xc0, 0x01]],
    ["__proto__ as the key of a map", [0x91, 0x81, 0xa9, ...Buffer.from("__proto__"), 0x80]],
    ["__proto__ as a longer key", [0x91, 0x81, 0xd9, 0x09, ...Buffer.from("__proto__"), 0x80]],
    ["arrays 1,000 deep", [...Array<number>(1_000).fill(0x91), 0xc0]],
    ["maps 1,000 deep", [0x91, ...Array.from({ length: 1_000 }, () => [0x81, 0xa1, 0x61]).flat(), 0xc0]],
  ])("%s", (_what, bytes) => attack(Buffer.from(bytes), /^arguments$/));

  test.each<[string, unknown]>([
    ["a member of a union that there is not", [["ant", 1, 1, true, 0, Buffer.of(), {}, [], [], [99, []]]]],
    ["a member of a union below zero", [["ant", 1, 1, true, 0, Buffer.of(), {}, [], [], [-1, []]]]],
    ["a member of a union by name", [["ant", 1, 1, true, 0, Buffer.of(), {}, [], [], ["constructor", []]]]],
    ["a map where an object is", [{ name: "ant", constructor: 1 }]],
  ])("%s", (_what, args) => attack(Buffer.from(pack(args)), /^thing/));
});
