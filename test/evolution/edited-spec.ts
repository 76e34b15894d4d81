import fc from "fast-check";
import type { NumberFormat, Type } from "../../generator/model/type.js";
import type { FieldSpec, MemberSpec, Spec } from "./spec.js";

/** A type before and after an edit. */
export type Edited<T = Spec> = readonly [before: T, after: T];

type EditedArbitrary = fc.Arbitrary<Edited>;

const formats: readonly NumberFormat[] = ["int8", "uint8", "uint16", "int32", "uint32", "float32", "float64"];
const bound = fc.option(fc.constantFrom(0, 0.1, 1, 2, 100), { nil: undefined });
const count = fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined });

/** Both or one of two bounds, the lower one first. */
function bounds<Low extends string, High extends string>(
  low: Low,
  high: High,
  values: fc.Arbitrary<number | undefined>,
): fc.Arbitrary<{ [K in Low | High]?: number }> {
  return fc.tuple(values, values).map(([a, b]) => {
    const [from, to] = a !== undefined && b !== undefined && a > b ? [b, a] : [a, b];
    const given = { ...(from !== undefined && { [low]: from }), ...(to !== undefined && { [high]: to }) };
    return given as { [K in Low | High]?: number };
  });
}

const numbers: fc.Arbitrary<Type> = fc
  .tuple(fc.constantFrom(...formats), bounds("minimum", "maximum", bound))
  // Whole bounds only, so that there is an integer between them.
  .map(([format, { minimum, maximum }]) => ({
    kind: "number",
    format,
    ...(minimum !== undefined && { minimum: Math.floor(minimum) }),
    ...(maximum !== undefined && { maximum: format.startsWith("float") ? maximum : Math.ceil(maximum) }),
  }));
const strings: fc.Arbitrary<Type> = fc
  .tuple(bounds("minLength", "maxLength", count), fc.constantFrom(undefined, "^a*$", "^[ab]*$"))
  .map(([lengths, pattern]) => ({ kind: "string", ...lengths, ...(pattern !== undefined && { pattern }) }));
const bigints: fc.Arbitrary<Type> = fc.constantFrom(
  { kind: "bigint" },
  { kind: "bigint", format: "int64" },
  { kind: "bigint", format: "uint64" },
);
const literals: fc.Arbitrary<Type> = fc
  .subarray(["a", "b", "", 1, 0.1, true], { minLength: 1 })
  .map((values) => ({ kind: "literals", values }));
const others: fc.Arbitrary<Type> = fc.constantFrom<Type[]>(
  { kind: "boolean" },
  { kind: "null" },
  { kind: "date" },
  { kind: "bytes" },
  { kind: "unknown" },
);

const leaves: fc.Arbitrary<Spec> = fc
  .oneof(numbers, strings, bigints, literals, others)
  .map((type) => ({ kind: "leaf", type }));

/** Two leaves that have something in common, as a rule. One edit at a time tells most: a second may hide it. */
const editedLeaves: EditedArbitrary = fc.oneof(
  { weight: 20, arbitrary: leaves.map((leaf) => [leaf, leaf] as const) },
  ...[numbers, strings, bigints, literals, fc.oneof(numbers, strings, bigints, literals, others)].map(
    (family) => ({
      weight: 1,
      arbitrary: fc.tuple(family, family).map(
        ([a, b]): Edited => [
          { kind: "leaf", type: a },
          { kind: "leaf", type: b },
        ],
      ),
    }),
  ),
);

/** Types of all kinds, most of them changed a little in one place or another. */
export function editedSpecs(depth: number): EditedArbitrary {
  if (depth === 0) return editedLeaves;
  const inner = editedSpecs(depth - 1);
  return fc.oneof(
    { weight: 2, arbitrary: editedLeaves },
    { weight: 4, arbitrary: nullables(inner) },
    { weight: 2, arbitrary: lists(inner) },
    { weight: 1, arbitrary: tuples(inner) },
    { weight: 1, arbitrary: keyed(inner) },
    { weight: 6, arbitrary: objects(inner) },
    { weight: 3, arbitrary: unions(inner) },
    { weight: 1, arbitrary: enums },
    // One thing in the place of another.
    { weight: 1, arbitrary: fc.tuple(inner, inner).map(([[before], [, after]]) => [before, after] as const) },
  );
}

/** Whether something holds before and after: mostly the same. */
const flags: fc.Arbitrary<Edited<boolean>> = fc.oneof(
  { weight: 3, arbitrary: fc.boolean().map((flag) => [flag, flag] as const) },
  { weight: 1, arbitrary: fc.tuple(fc.boolean(), fc.boolean()) },
);

function nullables(inner: EditedArbitrary): EditedArbitrary {
  const wrap = (spec: Spec, nullable: boolean): Spec => (nullable ? { kind: "nullable", inner: spec } : spec);
  return fc
    .tuple(inner, flags)
    .map(([[a, b], [before, after]]) => [wrap(a, before), wrap(b, after)] as const);
}

const itemBounds = bounds("minItems", "maxItems", count);

function lists(inner: EditedArbitrary): EditedArbitrary {
  const list = fc.oneof(
    itemBounds.map(
      (bounds) =>
        (item: Spec): Spec => ({ kind: "array", item, bounds }),
    ),
    fc.constant((item: Spec): Spec => ({ kind: "set", item })),
  );
  return fc.oneof(
    fc.tuple(inner, list).map(([[a, b], make]) => [make(a), make(b)] as const),
    fc.tuple(inner, list, list).map(([[a, b], before, after]) => [before(a), after(b)] as const),
  );
}

function tuples(inner: EditedArbitrary): EditedArbitrary {
  const length = fc.integer({ min: 1, max: 3 });
  const version = fc.tuple(length, fc.integer({ min: 0, max: 1 }), fc.boolean());
  return fc
    .tuple(fc.array(inner, { minLength: 3, maxLength: 3 }), inner, version, version)
    .map(([items, rest, before, after]) => {
      const make = (index: 0 | 1, [length, optional, hasRest]: typeof before): Spec => ({
        kind: "tuple",
        items: items.slice(0, length).map((item) => item[index]),
        optional,
        ...(hasRest && { rest: rest[index] }),
      });
      return [make(0, before), make(1, after)] as const;
    });
}

function keyed(inner: EditedArbitrary): EditedArbitrary {
  const keys = fc.oneof(numbers, strings).map((type): Spec => ({ kind: "leaf", type }));
  return fc.oneof(
    inner.map(
      ([a, b]): Edited => [
        { kind: "record", item: a },
        { kind: "record", item: b },
      ],
    ),
    fc.tuple(inner, keys, keys, fc.boolean()).map(
      ([[a, b], before, after, same]): Edited => [
        { kind: "map", key: before, item: a },
        { kind: "map", key: same ? before : after, item: b },
      ],
    ),
  );
}

/** Where a renamed field's name ends. */
export const renamedMark = "Renamed";

function objects(inner: EditedArbitrary): EditedArbitrary {
  const field = fc.tuple(
    inner,
    flags,
    fc.constantFrom("kept", "kept", "kept", "kept", "kept", "added", "removed", "renamed"),
  );
  const names = ["a", "b", "c", "d"];
  return fc
    .tuple(fc.tuple(...names.map(() => field)), fc.shuffledSubarray([0, 1, 2, 3], { minLength: 1 }))
    .map(([fields, order]) => {
      const before: FieldSpec[] = [];
      const after: FieldSpec[] = [];
      for (const index of [...order].sort()) {
        const [[spec], [optional], fate] = fields[index] ?? [[], [], ""];
        const name = names[index] ?? "";
        if (spec && fate !== "added") before.push({ name, optional: optional === true, spec });
      }
      for (const index of order) {
        const [[, spec], [, optional], fate] = fields[index] ?? [[], [], ""];
        const name = names[index] ?? "";
        if (!spec || fate === "removed") continue;
        const renamed = fate === "renamed" ? { name: name + renamedMark, was: name } : { name };
        after.push({ ...renamed, optional: optional === true, spec });
      }
      return [withFields(before), withFields(after)] as const;
    });
}

/** There is no object without fields. */
function withFields(fields: readonly FieldSpec[]): Spec {
  const only: FieldSpec = { name: "z", optional: false, spec: { kind: "leaf", type: { kind: "boolean" } } };
  return { kind: "object", fields: fields.length > 0 ? fields : [only] };
}

function unions(inner: EditedArbitrary): EditedArbitrary {
  const leaf = (kind: MemberSpec["kind"], types: fc.Arbitrary<Type>) =>
    fc.tuple(types, types, fc.boolean()).map(
      ([a, b, same]): Edited<MemberSpec> => [
        { kind, tag: kind, spec: { kind: "leaf", type: a } },
        { kind, tag: kind, spec: { kind: "leaf", type: same ? a : b } },
      ],
    );
  const member = (kind: MemberSpec["kind"], tag: string, specs: EditedArbitrary) =>
    specs.map(
      ([a, b]): Edited<MemberSpec> => [
        { kind, tag, spec: a },
        { kind, tag, spec: b },
      ],
    );
  const members = fc.tuple(
    leaf("string", strings),
    leaf("number", numbers),
    leaf("boolean", fc.constant({ kind: "boolean" })),
    leaf("Date", fc.constant({ kind: "date" })),
    member("object", "circle", objects(inner)),
    member("object", "square", objects(inner)),
  );
  const chosen = fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 2 });
  const words = fc.subarray(["all", "none"]);
  return fc
    .tuple(members, chosen, chosen, words, words, fc.boolean())
    .map(([members, before, after, wordsBefore, wordsAfter, same]) => {
      const make = (index: 0 | 1, chosen: readonly number[], literals: readonly string[]): Spec => ({
        kind: "union",
        members: chosen.flatMap((i) => members[i]?.[index] ?? []),
        // A literal beside all strings is one of them.
        literals: chosen.includes(0) ? [] : literals,
      });
      return [
        make(0, before, wordsBefore),
        make(1, same ? before : after, same ? wordsBefore : wordsAfter),
      ] as const;
    });
}

const enums: EditedArbitrary = fc
  .tuple(fc.subarray([0, 1, 2, 300], { minLength: 1 }), fc.subarray([0, 1, 2, 300], { minLength: 1 }))
  .map(
    ([a, b]): Edited => [
      { kind: "enum", values: a },
      { kind: "enum", values: b },
    ],
  );
