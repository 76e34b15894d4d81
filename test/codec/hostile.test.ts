import assert from "node:assert/strict";
import fc from "fast-check";
import { afterEach, describe, test } from "vitest";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { unpack } from "../../runtime/wire/unpack.js";
import { arbitraryOf } from "./arbitrary.js";
import type { Subject } from "./load-subjects.js";
import { type Mutation, mutated, mutations, type Place, places, planted } from "./mutation.js";
import { type Attempt, attempt } from "./refusal.js";
import { runs } from "./runs.js";
import { inJson, named, subjects } from "./subjects.js";
import { fromBytes, fromJson, toBytes, toJson } from "./transport.js";

const inherited = Object.getOwnPropertyNames(Object.prototype);

afterEach(() => {
  assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), inherited, "all objects have changed");
});

const inEveryFormat = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 0.5, 2 ** 53, 1e300, "", "x", "__proto__", [], {}),
  fc.jsonValue({ maxDepth: 2 }),
  fc
    .constantFrom('{"__proto__":{"x":1}}', '{"constructor":{"prototype":{"x":1}}}', '{"__proto__":null}')
    .map((text) => JSON.parse(text)),
);
const inMessagePack = fc.oneof(inEveryFormat, fc.constant(2n ** 63n), fc.uint8Array({ maxLength: 3 }));

/** Whatever a program may hand over. */
const inPrograms = fc.anything({
  maxDepth: 2,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

// Most cases are changed bytes, which is what strangers can send most of.
const ofBytes = { numRuns: runs(100) };
const ofValues = { numRuns: runs(36) };
let cases = 0;

describe.each(named(subjects))("%s", (_, subject) => {
  const { shape, declarations, codec, guard } = subject;
  const valid = arbitraryOf(shape, declarations);

  test("changed bytes are refused, or give a valid value", () => {
    const check = (value: unknown, changes: Mutation[]) => {
      cases++;
      const bytes = changes.reduce(mutated, toBytes(subject, codec.write(value)));
      const outcome = requireSound(subject, () => fromBytes(subject, bytes));
      if (outcome.ok) assert(sizeOf(outcome.value) <= maxGrowth * (bytes.length + 1), "it has grown");
      const unpacked = unpackAsClient(bytes);
      requireSound(subject, () => codec.read(subject.route ? unpacked : unpacked?.[0]));
    };
    fc.assert(fc.property(valid, mutations, check), ofBytes);
  });

  test("something else in one place of what travels is refused, or gives a valid value", () => {
    const check = (value: unknown, place: Place, something: unknown) => {
      cases++;
      const wire = planted(codec.write(value), place, something);
      requireSound(subject, () => fromBytes(subject, toBytes(subject, wire)));
    };
    fc.assert(fc.property(valid, places, inMessagePack, check), ofValues);
  });

  test("something else in one place of a value is refused by write, copy and guard alike, or is valid", () => {
    const check = (value: unknown, place: Place, something: unknown) => {
      cases++;
      const strange = planted(value, place, something);
      const copied = requireSound(subject, () => codec.copy(strange));
      const written = attempt(() => codec.write(strange));
      assert.deepEqual([written.ok, written.path], [copied.ok, copied.path]);
      assert.equal(guard?.(strange) ?? copied.ok, copied.ok);
    };
    fc.assert(fc.property(valid, places, inPrograms, check), ofValues);
  });
});

describe.each(named(inJson))("%s", (_, subject) => {
  const valid = arbitraryOf(subject.shape, subject.declarations);

  test("something else in one place of JSON is refused, or gives a valid value", () => {
    const check = (value: unknown, place: Place, something: unknown) => {
      cases++;
      const json: unknown = planted(JSON.parse(toJson(subject, value)), place, something);
      requireSound(subject, () => fromJson(subject, JSON.stringify(json)));
    };
    fc.assert(fc.property(valid, places, inEveryFormat, check), ofValues);
  });
});

describe.each(named(inJson.filter(({ route }) => route)))("%s", (_, subject) => {
  const valid = arbitraryOf(subject.shape, subject.declarations);

  test("changed JSON is refused, or gives a valid value", () => {
    const check = (value: unknown, changes: Mutation[]) => {
      cases++;
      const text = changes.reduce(mutated, Buffer.from(toJson(subject, value)));
      requireSound(subject, () => fromBytes(subject, text));
    };
    fc.assert(fc.property(valid, mutations, check), ofBytes);
  });
});

// The last of this file: it looks back on the others.
test("at least 100,000 cases were tried", () => {
  assert(cases >= 100_000 * Math.min(1, runs(1000) / 1000), `there were only ${cases}`);
});

/** Runs what may refuse; what it gives must be accepted again, and be made of plain things. */
function requireSound({ codec }: Subject, run: () => unknown): Attempt {
  const outcome = attempt(run);
  if (outcome.ok) {
    requirePlain(outcome.value);
    assert.deepEqual(codec.copy(outcome.value), outcome.value);
  }
  return outcome;
}

const plain: readonly unknown[] = [Object, Array, Date, Uint8Array, Map, Set].map((type) => type.prototype);

function requirePlain(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  assert(plain.includes(Object.getPrototypeOf(value)), "an object has a strange prototype");
  if (value instanceof Uint8Array) return;
  for (const part of value instanceof Map || value instanceof Set ? value : Object.values(value))
    requirePlain(part);
}

/** A byte can stand for a whole object of which all is absent or null; the goldens' largest has this many fields. */
const maxGrowth = 64;

/** About how much memory a value takes: its parts, and the length of its texts and bytes. */
function sizeOf(value: unknown): number {
  if (typeof value === "string" || value instanceof Uint8Array) return 1 + value.length;
  if (typeof value !== "object" || value === null) return 1;
  const parts: unknown[] = value instanceof Map || value instanceof Set ? [...value] : Object.values(value);
  return parts.reduce<number>((size, part) => size + sizeOf(part), 1);
}

/** The array that a client sees; undefined where it refuses the bytes. */
function unpackAsClient(bytes: Uint8Array): readonly unknown[] | undefined {
  try {
    const unpacked = unpack(bytes);
    return Array.isArray(unpacked) ? unpacked : undefined;
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return undefined;
  }
}
