import assert from "node:assert/strict";
import fc from "fast-check";
import { afterEach, describe, test } from "vitest";
import { unpack as clientUnpack } from "../../runtime/client/unpack.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
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

const numRuns = runs(25);

describe.each(named(subjects))("%s", (_, subject) => {
  const { shape, declarations, codec } = subject;
  const valid = arbitraryOf(shape, declarations);

  test("changed bytes are refused, or give a valid value", () => {
    const check = (value: unknown, changes: Mutation[]) => {
      const bytes = changes.reduce(mutated, toBytes(subject, codec.write(value)));
      requireSound(subject, () => fromBytes(subject, bytes));
      const unpacked = unpackAsClient(bytes);
      requireSound(subject, () => codec.read(subject.route ? unpacked : unpacked?.[0]));
    };
    fc.assert(fc.property(valid, mutations, check), { numRuns });
  });

  test("something else in one place of what travels is refused, or gives a valid value", () => {
    const check = (value: unknown, place: Place, something: unknown) => {
      const wire = planted(codec.write(value), place, something);
      requireSound(subject, () => fromBytes(subject, toBytes(subject, wire)));
    };
    fc.assert(fc.property(valid, places, inMessagePack, check), { numRuns });
  });

  test("something else in one place of a value is refused by write and copy alike, or is valid", () => {
    const check = (value: unknown, place: Place, something: unknown) => {
      const strange = planted(value, place, something);
      const copied = requireSound(subject, () => codec.copy(strange));
      const written = attempt(() => codec.write(strange));
      assert.deepEqual([written.ok, written.path], [copied.ok, copied.path]);
    };
    fc.assert(fc.property(valid, places, inPrograms, check), { numRuns });
  });
});

describe.each(named(inJson))("%s", (_, subject) => {
  const valid = arbitraryOf(subject.shape, subject.declarations);

  test("something else in one place of JSON is refused, or gives a valid value", () => {
    const check = (value: unknown, place: Place, something: unknown) => {
      const json: unknown = planted(JSON.parse(toJson(subject, value)), place, something);
      requireSound(subject, () => fromJson(subject, JSON.stringify(json)));
    };
    fc.assert(fc.property(valid, places, inEveryFormat, check), { numRuns });
  });
});

describe.each(named(inJson.filter(({ route }) => route)))("%s", (_, subject) => {
  const valid = arbitraryOf(subject.shape, subject.declarations);

  test("changed JSON is refused, or gives a valid value", () => {
    const check = (value: unknown, changes: Mutation[]) => {
      const text = changes.reduce(mutated, Buffer.from(toJson(subject, value)));
      requireSound(subject, () => fromBytes(subject, text));
    };
    fc.assert(fc.property(valid, mutations, check), { numRuns });
  });
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

/** The array that a client sees; undefined where it refuses the bytes. */
function unpackAsClient(bytes: Uint8Array): readonly unknown[] | undefined {
  try {
    const unpacked = clientUnpack(bytes);
    return Array.isArray(unpacked) ? unpacked : undefined;
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return undefined;
  }
}
