import fc from "fast-check";
import type { TypeDeclaration } from "../../generator/model/declaration.js";
import type { BigintType, NumberType, StringType, TupleType, Type } from "../../generator/model/type.js";
import { rangeOf } from "./number-range.js";
import { type Declarations, definitionOf, leastHeight, type Shape } from "./shape.js";

type Values = fc.Arbitrary<unknown>;

/**
 * Valid values of a type, as the model describes it. Numbers of single precision are rounded already, and
 * -0, which MessagePack and JSON know as 0, is left out.
 *
 * @param depth how many objects and unions may stand inside each other before values become as small as
 *   they may be, which ends recursion
 */
export function arbitraryOf(shape: Shape, declarations: Declarations, depth = 3): Values {
  const isTerse = depth <= 0;
  const maxItems = isTerse ? 0 : 3;
  const of = (inner: Type) => arbitraryOf(inner, declarations, depth);
  switch (shape.kind) {
    case "string":
      return strings(shape);
    case "number":
      return numbers(shape);
    case "bigint":
      return bigints(shape);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "date":
      return fc.oneof(
        fc.date({ noInvalidDate: true }),
        fc.constantFrom(-8.64e15, -1, 0, 8.64e15).map((time) => new Date(time)),
      );
    case "bytes":
      // A view that does not begin where its buffer does, as a slice of a message.
      return fc.uint8Array({ maxLength: 40 }).map((bytes) => Uint8Array.of(1, ...bytes, 2).subarray(1, -1));
    case "unknown":
      return plainValues;
    case "literals":
      return fc.constantFrom(...shape.values);
    case "array": {
      const minLength = shape.minItems ?? 0;
      const maxLength = Math.min(shape.maxItems ?? Infinity, minLength + maxItems);
      return maxLength === 0 ? fc.constant([]) : fc.array(of(shape.item), { minLength, maxLength });
    }
    case "tuple":
      return tuples(shape, declarations, depth);
    case "record":
      if (isTerse) return fc.constant({});
      return fc.dictionary(shape.key ? keysOf(of(shape.key)) : keys, of(shape.value), {
        maxKeys: maxItems,
        noNullPrototype: true,
      });
    case "map":
      if (isTerse) return fc.constant(new Map());
      return fc
        .array(fc.tuple(of(shape.key), of(shape.value)), { maxLength: maxItems })
        .map((entries) => new Map(entries));
    case "set":
      if (isTerse) return fc.constant(new Set());
      return fc.array(of(shape.item), { maxLength: maxItems }).map((items) => new Set(items));
    case "nullable":
      return isTerse ? fc.constant(null) : fc.option(of(shape.type), { freq: 3 });
    case "ref":
      return declared(definitionOf(shape.name, declarations), declarations, depth);
    case "arguments":
      return fc.tuple(
        ...shape.parameters.map(({ type, optional }) =>
          optional ? fc.option(of(type), { nil: undefined }) : of(type),
        ),
      );
  }
}

function declared(
  definition: TypeDeclaration["definition"],
  declarations: Declarations,
  depth: number,
): Values {
  const inside = (type: Type) => arbitraryOf(type, declarations, depth - 1);
  switch (definition.kind) {
    case "enum":
      return fc.constantFrom(...definition.members.map((member) => member.value));
    case "object": {
      const fields = definition.fields.filter((field) => depth > 0 || !field.optional);
      const required = fields.filter((field) => !field.optional).map((field) => field.name);
      return fc.record(Object.fromEntries(fields.map((field) => [field.name, inside(field.type)])), {
        requiredKeys: required,
        noNullPrototype: true,
      });
    }
    case "union": {
      const { members, literals } = definition;
      const heights = members.map((member) => leastHeight(member.type, declarations));
      const chosen = members.filter((_, i) => depth > 0 || heights[i] === Math.min(...heights));
      const values = chosen.map((member) => inside(member.type));
      return fc.oneof(...(literals.length > 0 ? [fc.constantFrom(...literals)] : []), ...values);
    }
  }
}

function tuples({ items, rest }: TupleType, declarations: Declarations, depth: number): Values {
  const of = (item: Type) => arbitraryOf(item, declarations, depth);
  const required = items.filter((item) => !item.optional);
  const shortest = fc.tuple(...required.map((item) => of(item.type)));
  if (depth <= 0) return shortest;
  const more = rest === undefined ? fc.constant([]) : fc.array(of(rest), { maxLength: 3 });
  const longest = fc
    .tuple(fc.tuple(...items.map((item) => of(item.type))), more)
    .map((parts) => parts.flat());
  // What is optional may be absent from some place on; what follows needs all places taken.
  const someOptional = fc
    .tuple(longest, fc.integer({ min: required.length, max: items.length }))
    .map(([elements, taken]) => elements.slice(0, taken));
  return fc.oneof(longest, someOptional);
}

const awkwardTexts = ["", "__proto__", "constructor", "\0", "\u2028", "\ufeffmark", "e\u0301", "😀", "[0]"];

function strings(type: StringType): Values {
  const { minLength = 0, maxLength, pattern } = type;
  const fits = (text: string) => text.length >= minLength && text.length <= (maxLength ?? Infinity);
  // The lengths that fast-check counts are in `unit`s, of which one may have several UTF-16 units.
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, "u")).filter(fits);
  const lengths = { minLength, ...(maxLength !== undefined && { maxLength }) };
  const awkward = awkwardTexts.filter(fits);
  return fc
    .oneof(
      fc.string({ ...lengths, unit: "binary-ascii" }),
      fc.string({ ...lengths, unit: "binary" }),
      ...(awkward.length > 0 ? [fc.constantFrom(...awkward)] : []),
    )
    .filter(fits);
}

/** Every key but the one that records refuse. */
const keys = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("", "constructor", "toString", "__proto_", "0", "-1", "a b", "k".repeat(40)),
  )
  .filter((key) => key !== "__proto__");

function numbers(type: NumberType): fc.Arbitrary<number> {
  const { integer, min, max } = rangeOf(type);
  if (integer) return fc.integer({ min, max });
  const reals = fc.double({ min, max, noNaN: true });
  if (type.format !== "float32") return reals.map(positiveZero);
  return reals.map((real) => positiveZero(Math.fround(real))).filter((real) => real >= min && real <= max);
}

/** Adding 0 changes -0 only. */
const positiveZero = (real: number) => real + 0;

function bigints({ format }: BigintType): fc.Arbitrary<bigint> {
  const min = format === "uint64" ? 0n : -(2n ** 63n);
  const max = format === "int64" ? 2n ** 63n - 1n : 2n ** 64n - 1n;
  // Up to 2 ** 53 they may arrive as numbers.
  const ends = [min, max, 0n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n];
  return fc.oneof(fc.bigInt({ min, max }), fc.constantFrom(...ends));
}

/** What `unknown` may be, except bytes: JSON gives them back as a string. */
const { plain: plainValues } = fc.letrec<{ plain: unknown }>((tie) => ({
  plain: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(positiveZero),
      fc.string({ unit: "binary" }),
    ),
    fc.array(tie("plain"), { maxLength: 4 }),
    fc.dictionary(keys, tie("plain"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

/** What of texts can be keys of a record. */
export function keysOf(texts: Values): fc.Arbitrary<string> {
  return texts.filter((text): text is string => typeof text === "string" && text !== "__proto__");
}
