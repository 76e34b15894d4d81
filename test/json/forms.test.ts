import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonForm } from "../../runtime/json/form.js";
import * as json from "../../runtime/json/forms.js";

function roundTrip(form: JsonForm, value: unknown): unknown {
  return form.fromJson(JSON.parse(JSON.stringify(form.toJson(value))));
}

interface Tree {
  name: string;
  left?: Tree;
}

const tree: JsonForm = json.object({ name: json.plain, left: json.lazy(() => tree) }, ["left"]);

const shape = json.discriminated("kind", {
  circle: json.object({ kind: json.plain, radius: json.plain }),
  since: json.object({ kind: json.plain, at: json.date }),
  "3": json.object({ kind: json.plain, size: json.bigint }),
});

const everything = json.object(
  {
    plain: json.plain,
    date: json.date,
    bytes: json.bytes,
    bigint: json.bigint,
    array: json.array(json.date),
    tuple: json.tuple([json.plain, json.date]),
    record: json.record(json.bigint),
    nullable: json.nullable(json.date),
    optional: json.date,
    optionalNullable: json.nullable(json.date),
    shape,
    union: json.union({ string: json.plain, Date: json.date, number: json.plain, object: json.plain }),
    tree,
  },
  ["optional", "optionalNullable"],
);

describe("what goes out comes back", () => {
  const date = fc.date({ noInvalidDate: true });
  const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => new Uint8Array(array));
  const key = fc.string().filter((name) => name !== "__proto__");
  test.each<[string, JsonForm, fc.Arbitrary<unknown>]>([
    // JSON has no -0.
    ["plain values", json.plain, fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)))],
    ["dates", json.date, date],
    ["bytes", json.bytes, bytes],
    ["bigints", json.bigint, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })],
    ["arrays", json.array(json.date), fc.array(date)],
    ["tuples", json.tuple([json.date, json.bytes]), fc.tuple(date, bytes)],
    ["records", json.record(json.date), fc.dictionary(key, date).map((record) => ({ ...record }))],
    ["nullable values", json.nullable(json.date), fc.option(date)],
    [
      "discriminated unions",
      shape,
      fc.oneof(
        fc.record({ kind: fc.constant("circle"), radius: fc.integer() }),
        fc.record({ kind: fc.constant("since"), at: date }),
        fc.record({ kind: fc.constant(3), size: fc.bigInt({ min: 0n, max: 100n }) }),
      ),
    ],
    [
      "unions that JSON can tell apart",
      json.union({ string: json.plain, Date: json.date, array: json.array(json.date), object: shape }),
      fc.oneof(fc.string(), date, fc.array(date), fc.record({ kind: fc.constant("since"), at: date })),
    ],
    [
      "unions that it cannot",
      json.union({
        number: json.plain,
        Date: json.date,
        bigint: json.bigint,
        Uint8Array: json.bytes,
        string: json.plain,
        object: json.plain,
      }),
      fc.oneof(
        fc.integer(),
        date,
        bytes,
        fc.bigInt({ min: 0n, max: 9n }),
        fc.string(),
        fc.record({ is: fc.string() }),
      ),
    ],
  ])("%s", (_what, form, values) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(roundTrip(form, value)).toEqual(value);
      }),
    );
  });
});

test("each type looks as the guide says", () => {
  expect(json.date.toJson(new Date(5))).toBe(5);
  expect(json.bigint.toJson(2n ** 63n)).toBe("9223372036854775808");
  expect(json.bytes.toJson(Uint8Array.of(0, 255, 16))).toBe("AP8Q");
  expect(json.union({ Date: json.date, number: json.plain }).toJson(new Date(5))).toEqual({
    is: "Date",
    value: 5,
  });
  expect(json.union({ Date: json.date, string: json.plain }).toJson(new Date(5))).toBe(5);
  expect(json.bytes.toJson(new Uint8Array(100_000))).toHaveLength(133_336);
});

test("unknown fields are left out, both ways", () => {
  const form = json.object({ a: json.plain });
  expect(form.toJson({ a: 1, b: 2 })).toEqual({ a: 1 });
  expect(form.fromJson({ a: 1, b: 2 })).toEqual({ a: 1 });
});

test("null for an absent optional field means absent, unless null is one of its values", () => {
  const form = json.object({ a: json.plain, b: json.nullable(json.plain), c: json.plain }, ["a", "b"]);
  expect(form.fromJson({ a: null, b: null, c: null })).toStrictEqual({ b: null, c: null });
  expect(form.fromJson({})).toStrictEqual({});
  expect(form.toJson({ a: undefined, b: null, c: 1 })).toStrictEqual({ b: null, c: 1 });
  expect(json.optional(json.date).fromJson(null)).toBeUndefined();
  expect(json.optional(json.nullable(json.date)).fromJson(null)).toBeNull();
});

test("a type may contain itself", () => {
  const value: Tree = { name: "a", left: { name: "b", left: { name: "c" } } };
  expect(roundTrip(tree, value)).toEqual(value);
});

test("no JSON makes a form throw, change a prototype, or show what is not there", () => {
  const hostile = fc.oneof(
    fc.jsonValue(),
    fc
      .constantFrom(
        '{"__proto__":{"polluted":true}}',
        '{"record":{"__proto__":{"polluted":true}}}',
        '{"constructor":{"prototype":{"polluted":true}}}',
        '{"shape":{"kind":{"toString":1,"valueOf":1}}}',
        '{"shape":{"kind":"constructor"}}',
        '{"shape":{"kind":"__proto__"}}',
        '{"union":{"is":"__proto__","value":{"polluted":true}}}',
        '{"union":{"is":"constructor"}}',
        '{"date":1e400,"bigint":"99999999999999999999999","bytes":"=","bigint2":"1e5"}',
      )
      .map((text) => JSON.parse(text) as unknown),
  );
  const anywhere = fc.oneof(
    hostile,
    fc.dictionary(
      fc.constantFrom(
        "plain",
        "date",
        "bytes",
        "bigint",
        "array",
        "tuple",
        "record",
        "shape",
        "union",
        "tree",
      ),
      hostile,
    ),
  );
  fc.assert(
    fc.property(anywhere, (value) => {
      const read = everything.fromJson(value);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
      if (typeof read === "object" && read !== null && !Array.isArray(read)) {
        expect((read as { polluted?: boolean }).polluted).toBeUndefined();
        const { record } = read as { record?: { polluted?: boolean } | null };
        expect(record?.polluted).toBeUndefined();
      }
    }),
    { numRuns: 1_000 },
  );
});

test("what does not fit is left as it is, for the codec to refuse", () => {
  for (const [form, value] of [
    [json.date, "yesterday"],
    [json.bigint, "1.5"],
    [json.bigint, 1.5],
    [json.bytes, "not base64!"],
    [json.bytes, "a"],
    [json.array(json.date), {}],
    [json.record(json.date), []],
    [json.object({ a: json.date }), [1]],
    [shape, { kind: "square" }],
    [shape, null],
  ] as const) {
    expect(form.fromJson(value)).toBe(value);
  }
});
