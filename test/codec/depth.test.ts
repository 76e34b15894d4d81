import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { pack } from "../../runtime/wire/pack.js";
import { loadSubjects } from "./load-subjects.js";
import { attempt, refusedAt } from "./refusal.js";
import { fromBytes } from "./transport.js";

const golden = (name: string) => loadSubjects(name, `test/golden/${name}/expected`);
const subjects = (await Promise.all(["objects", "recursion", "unions", "rich"].map(golden))).flat();

function subjectNamed(name: string) {
  const found = subjects.find((subject) => subject.name === name);
  assert(found);
  return found;
}

/** A type of which values contain values, with one around another, or around none. */
interface Nesting {
  /** The subject. */
  readonly name: string;
  readonly around: (inner?: object) => object;
  readonly wireAround: (inner?: unknown) => unknown;
}

const circle = { kind: "circle", radius: 1 };

const nestings: readonly Nesting[] = [
  {
    name: "objects: Forest.plant, result",
    around: (inner) => ({ label: "", children: inner ? [inner] : [] }),
    wireAround: (inner) => ["", inner ? [inner] : []],
  },
  {
    name: "objects: Person",
    around: (inner) => ({ friends: [], ...(inner && { best: inner }), name: "", age: 1 }),
    wireAround: (inner) => [[], inner ?? null, "", 1],
  },
  {
    name: "unions: Message",
    around: (inner) => ({ type: 2, shape: circle, more: inner ? [inner] : [] }),
    wireAround: (inner) => [1, [2, [0, ["circle", 1]], inner ? [inner] : []]],
  },
  {
    name: "rich: RichEcho.unknown, result",
    around: (inner) => (inner ? { inner: [inner] } : {}),
    wireAround: (inner) => (inner ? { inner: [inner] } : {}),
  },
];

function nested<T>(levels: number, around: (inner?: T) => T): T {
  let value = around();
  for (let i = 1; i < levels; i++) value = around(value);
  return value;
}

describe.each(nestings)("$name", ({ name, around, wireAround }) => {
  const { codec, guard } = subjectNamed(name);

  test("write, read and copy refuse the same depth, and the path there has 65 keys", () => {
    for (let levels = 1; levels < 70; levels++) {
      const outcomes = [
        attempt(() => codec.write(nested(levels, around))),
        attempt(() => codec.copy(nested(levels, around))),
        attempt(() => codec.read(nested<unknown>(levels, wireAround))),
      ];
      const paths = new Set(outcomes.map(({ path }) => path));
      assert.equal(paths.size, 1);
      if (guard) assert.equal(guard(nested(levels, around)), outcomes[0]?.ok);
      const [path] = paths;
      if (path !== undefined) assert.equal(path.split(/[.[]/).filter((key) => key !== "").length, 65);
      else assert(levels < 66);
    }
  });

  test("a value that contains itself is refused, and the next path is right", () => {
    const inner = around();
    const value = around(inner);
    Object.assign(inner, around(value));
    if (guard) assert.equal(guard(value), false);
    for (const convert of [codec.write, codec.copy]) {
      const paths = [value, 7n].map((wrong) => refusedAt(() => convert(wrong)));
      assert.match(paths[0] ?? "", /^\w+(\[0\])?\.\w+/);
      assert.equal(paths[1], "");
    }
  });
});

test("near the last level a guard says what a copy does", () => {
  const { codec, guard } = subjectNamed("recursion: Knot");
  assert(guard);
  const steps: ((inner: object) => object)[] = [
    (inner) => ({ rest: [inner, {}] }),
    (inner) => ({ named: { inner }, words: null }),
    (inner) => ({ kept: new Set([inner]), words: {} }),
  ];
  const ends: object[] = [
    {},
    { words: {} },
    { words: { lists: [] } },
    { words: { lists: [["a"]] } },
    { words: { counts: new Map() } },
    { words: { counts: new Map([["a", []]]) } },
    { rest: [{}, { lists: [[]] }] },
    { named: {} },
    { kept: new Set() },
    { anything: null },
    { anything: [] },
    { anything: [[], { a: [Uint8Array.of(1)] }] },
  ];
  for (const end of ends) {
    const outcomes = new Set<boolean>();
    for (const step of steps) {
      for (let levels = 25; levels < 70; levels++) {
        const value = nested<object>(levels, (inner) => (inner ? step(inner) : end));
        const { ok } = attempt(() => codec.copy(value));
        assert.equal(guard(value), ok);
        outcomes.add(ok);
      }
    }
    assert.equal(outcomes.size, 2);
  }
});

test("the gateway refuses arguments without end, in MessagePack and in JSON", () => {
  const subject = subjectNamed("rich: RichEcho.unknown, arguments");
  const deep = 100_000;
  const texts = ["[".repeat(deep), "[".repeat(deep) + "]".repeat(deep), '{"given":'.repeat(deep)];
  for (const bytes of [Buffer.alloc(deep, 0x91), ...texts.map((text) => Buffer.from(text))]) {
    const path = refusedAt(() => fromBytes(subject, bytes));
    assert.equal(path, "arguments");
  }
  for (const levels of [66, 100, 200, 255]) {
    const value = nested<unknown>(levels, (inner) => [inner ?? null]);
    for (const bytes of [pack([value]), Buffer.from(JSON.stringify([value]))]) {
      const path = refusedAt(() => fromBytes(subject, bytes));
      assert.match(path, /^given(\[0\]){64}$/);
    }
  }
});
