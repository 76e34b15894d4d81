import assert from "node:assert/strict";
import { describe, test } from "vitest";
import type { Codec } from "../../runtime/codec/codec.js";
import { pack } from "../../runtime/wire/msgpack.js";
import { copyPerson, readPerson, writePerson } from "../golden/objects/expected/codecs/shared/person.js";
import { copyTree, readTree, writeTree } from "../golden/objects/expected/codecs/tree.js";
import { richEchoUnknown } from "../golden/rich/expected/contracts/rich-echo.js";
import { routes } from "../golden/rich/expected/routes.js";
import { copyMessage, readMessage, writeMessage } from "../golden/unions/expected/codecs/unions.js";
import { attempt, refusedAt } from "./refusal.js";
import { fromBytes } from "./transport.js";

/** A type of which values contain values, with one around another, or around none. */
interface Nesting {
  readonly name: string;
  readonly codec: Codec;
  readonly around: (inner?: object) => object;
  readonly wireAround: (inner?: unknown) => unknown;
}

const circle = { kind: "circle", radius: 1 };

const nestings: readonly Nesting[] = [
  {
    name: "Tree",
    codec: { write: writeTree, read: readTree, copy: copyTree },
    around: (inner) => ({ label: "", children: inner ? [inner] : [] }),
    wireAround: (inner) => ["", inner ? [inner] : []],
  },
  {
    name: "Person",
    codec: { write: writePerson, read: readPerson, copy: copyPerson },
    around: (inner) => ({ friends: [], ...(inner && { best: inner }), name: "", age: 1 }),
    wireAround: (inner) => [[], inner ?? null, "", 1],
  },
  {
    name: "Message",
    codec: { write: writeMessage, read: readMessage, copy: copyMessage },
    around: (inner) => ({ type: 2, shape: circle, more: inner ? [inner] : [] }),
    wireAround: (inner) => [1, [2, [0, ["circle", 1]], inner ? [inner] : []]],
  },
  {
    name: "unknown",
    codec: richEchoUnknown.result,
    around: (inner) => (inner ? { inner: [inner] } : {}),
    wireAround: (inner) => (inner ? { inner: [inner] } : {}),
  },
];

function nested<T>(levels: number, around: (inner?: T) => T): T {
  let value = around();
  for (let i = 1; i < levels; i++) value = around(value);
  return value;
}

describe.each(nestings)("$name", ({ codec, around, wireAround }) => {
  test("write, read and copy refuse the same depth, and the path there has 65 keys", () => {
    for (let levels = 1; levels < 70; levels++) {
      const outcomes = [
        attempt(() => codec.write(nested(levels, around))),
        attempt(() => codec.copy(nested(levels, around))),
        attempt(() => codec.read(nested<unknown>(levels, wireAround))),
      ];
      const paths = new Set(outcomes.map(({ path }) => path));
      assert.equal(paths.size, 1);
      const [path] = paths;
      if (path !== undefined) assert.equal(path.split(/[.[]/).filter((key) => key !== "").length, 65);
      else assert(levels < 66);
    }
  });

  test("a value that contains itself is refused, and the next path is right", () => {
    const inner = around();
    const value = around(inner);
    Object.assign(inner, around(value));
    for (const convert of [codec.write, codec.copy]) {
      assert.match(
        refusedAt(() => convert(value)),
        /^\w+(\[0\])?\.\w+/,
      );
      assert.equal(
        refusedAt(() => convert(7n)),
        "",
      );
    }
  });
});

test("the gateway refuses arguments without end, in MessagePack and in JSON", () => {
  const route = routes.methods.get("RichEcho/unknown");
  assert(route);
  const subject = {
    name: "",
    shape: { kind: "unknown" },
    declarations: new Map(),
    codec: richEchoUnknown.args as Codec,
    route,
  } as const;
  const deep = 100_000;
  for (const bytes of [
    Buffer.alloc(deep, 0x91),
    Buffer.concat([Buffer.alloc(deep, 0x91), Buffer.of(0xc0)]),
    Buffer.from("[".repeat(deep)),
    Buffer.from("[".repeat(deep) + "]".repeat(deep)),
    Buffer.from('{"given":'.repeat(deep)),
  ]) {
    assert.equal(
      refusedAt(() => fromBytes(subject, bytes)),
      "arguments",
    );
  }
  for (const levels of [66, 100, 200, 255]) {
    const value = nested<unknown>(levels, (inner) => [inner ?? null]);
    for (const bytes of [pack([value]), Buffer.from(JSON.stringify([value]))]) {
      assert.match(
        refusedAt(() => fromBytes(subject, bytes)),
        /^given(\[0\]){64}$/,
      );
    }
  }
});
