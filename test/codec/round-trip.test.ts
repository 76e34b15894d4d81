import assert from "node:assert/strict";
import fc from "fast-check";
import { Packr } from "msgpackr";
import { describe, test } from "vitest";
import { pack } from "../../runtime/wire/pack.js";
import { unpack } from "../../runtime/wire/unpack.js";
import { arbitraryOf } from "./arbitrary.js";
import type { Subject } from "./load-subjects.js";
import { runs } from "./runs.js";
import { inJson, named, subjectNamed, subjects } from "./subjects.js";
import { fromBytes, fromJson, toBytes, toJson } from "./transport.js";
import { type Positional, wireOf } from "./wire.js";

/** Plain MessagePack, in the smallest form of each value. */
const packr = new Packr({ useRecords: false, variableMapSize: true });

/** Asserts something of valid values of a subject. */
function holds({ shape, declarations }: Subject, check: (value: unknown) => void): void {
  fc.assert(fc.property(arbitraryOf(shape, declarations), check), { numRuns: runs(20) });
}

describe.each(named(subjects))("%s", (_, subject) => {
  const { shape, declarations, codec } = subject;

  test("a value travels at the places of the model and comes back", () => {
    holds(subject, (value) => {
      const wire = codec.write(value);
      assert.deepEqual(wire, wireOf(shape, value, declarations));
      const bytes = toBytes(subject, wire);
      assert.deepEqual(bytes, new Uint8Array(packr.pack(subject.route === undefined ? [wire] : wire)));
      const back = fromBytes(subject, bytes);
      // What was read is a value of its own: the network writes over its buffers.
      bytes.fill(0xc1);
      assert.deepEqual(back, value);
    });
  });

  test("a value comes back through the client's own reader of MessagePack", () => {
    holds(subject, (value) => {
      const bytes = pack(codec.write(value));
      const back = codec.read(unpack(bytes));
      bytes.fill(0xc1);
      assert.deepEqual(back, value);
    });
  });

  test("a copy is equal and shares nothing that can change", () => {
    holds(subject, (value) => {
      const before = structuredClone(value);
      const copied = codec.copy(value);
      assert.deepEqual(copied, before);
      spoil(copied);
      assert.deepEqual(value, before);
    });
  });

  test("what programs of later versions add is ignored", () => {
    const later: Positional = (places) => [
      ...places.map((place) => (place === undefined ? "gone" : place)),
      [7],
    ];
    holds(subject, (value) => {
      assert.deepEqual(codec.read(wireOf(shape, value, declarations, later)), value);
    });
  });

  test("a missing tail is as good as nil", () => {
    const shortened: Positional = (places, of) => {
      const last = places.findLastIndex((place) => place !== null && place !== undefined);
      return of === "tuple" ? [...places] : places.slice(0, last + 1);
    };
    holds(subject, (value) => {
      assert.deepEqual(codec.read(wireOf(shape, value, declarations, shortened)), value);
    });
  });
});

describe.each(named(subjects.filter(({ guard }) => guard)))("%s", (_, subject) => {
  test("a value is one to its guard", () => {
    holds(subject, (value) => {
      assert.equal(subject.guard?.(value), true);
    });
  });
});

describe.each(named(inJson))("%s", (_, subject) => {
  test("a value comes back through JSON", () => {
    holds(subject, (value) => {
      assert.deepEqual(fromJson(subject, toJson(subject, value)), value);
    });
  });
});

test("a number of single precision is rounded alike in copies, on the wire and in JSON", () => {
  const steer = subjectNamed("demo: Arena.steer, arguments");
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e38, noNaN: true }), (heading) => {
      const rounded = [Math.fround(heading)];
      assert.deepEqual(steer.codec.copy([heading]), rounded);
      assert.deepEqual(fromBytes(steer, toBytes(steer, steer.codec.write([heading]))), rounded);
      assert.deepEqual(fromJson(steer, toJson(steer, [heading])), rounded);
    }),
  );
});

test("bytes are a value of the type unknown", () => {
  const unknown = subjectNamed("rich: RichEcho.unknown, result");
  const value = { bytes: [Uint8Array.of(1, 2)] };
  assert.deepEqual(unknown.codec.copy(value), value);
  assert.deepEqual(fromBytes(unknown, toBytes(unknown, unknown.codec.write(value))), value);
});

/** Changes everything in a value that can be changed. */
function spoil(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (value instanceof Uint8Array) {
    value.fill(0xff);
    return;
  }
  for (const part of value instanceof Map || value instanceof Set ? value : Object.values(value)) spoil(part);
  if (value instanceof Date) value.setTime(1);
  else if (value instanceof Map) value.set("spoilt", true);
  else if (value instanceof Set) value.add("spoilt");
  else if (Array.isArray(value)) value.push("spoilt");
  else Object.assign(value, { spoilt: true });
}
