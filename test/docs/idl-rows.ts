/** A line of the table of types. What it looks like on the wire is not said here: the table shows what codecs write. */
export interface TypeRow {
  /** Types, as the IDL writes them; the first one is what `value` is of. */
  readonly types: readonly [string, ...string[]];
  /** A value of the type, as JavaScript writes it. */
  readonly value: string;
  /** What fits; of names of `antwire/idl` their own comments say so. */
  readonly about?: string;
}

/** What the examples in the table take for granted. */
export const declarations = `
export declare enum Suit { Clubs, Hearts }
export interface Circle { kind: "circle"; radius: number }
export interface Square { kind: "square"; side: number }
export interface Page<T> { items: T[]; next?: uint32 }
export interface Tree { name: string; branches: Tree[] }
`.trim();

export const typeRows: readonly TypeRow[] = [
  {
    types: ["string"],
    value: '"Ann"',
    about: "whole characters: no half of a surrogate pair",
  },
  { types: ["number"], value: "1.5", about: "finite; -0 travels as 0" },
  { types: ["int8"], value: "-5" },
  { types: ["int16"], value: "-5" },
  { types: ["int32"], value: "-5" },
  { types: ["uint8"], value: "200" },
  { types: ["uint16"], value: "200" },
  { types: ["uint32"], value: "200" },
  { types: ["float32"], value: "0.5" },
  { types: ["float64"], value: "0.1" },
  { types: ["bigint"], value: "5n", about: "what fits `int64` or `uint64`" },
  { types: ["int64"], value: "-9007199254740993n" },
  { types: ["uint64"], value: "9007199254740993n" },
  { types: ["boolean"], value: "true" },
  { types: ["null"], value: "null" },
  { types: ['"a" | "b" | 3', '"a"', "true"], value: '"b"', about: "one of the values" },
  {
    types: ["Suit"],
    value: "1",
    about: "one of its members. A `declare enum` gets a run-time value, which both doors export",
  },
  {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a type's text.
    types: ["`room-${number}`"],
    value: '"room-7"',
    about: "strings that match; it is checked as a pattern",
  },
  { types: ["Date"], value: "new Date(1700000000000)", about: "valid; whole milliseconds since 1970, UTC" },
  { types: ["Uint8Array"], value: "Uint8Array.of(1, 255)", about: "bytes; in JSON base64" },
  { types: ["string[]", "readonly string[]"], value: '["a", "b"]' },
  {
    types: ["[x: number, y?: number, ...more: string[]]"],
    value: "[1]",
    about: "optional elements and a rest stand at the end",
  },
  {
    types: ["Record<string, boolean>"],
    value: "{ a: true }",
    about: "keys are strings, also branded, bounded or of a template",
  },
  { types: ["Map<uint8, string>"], value: '[[1, "a"]]', about: "keys are primitives" },
  { types: ["Set<string>"], value: '["a", "b"]' },
  {
    types: ["Circle", "{ kind: string; radius: number }"],
    value: '{ kind: "circle", radius: 2 }',
    about: "the fields by their places; in JSON by their names. With `extends`",
  },
  { types: ["Page<string>"], value: '{ items: ["a"], next: 2 }', about: "generics, once instantiated" },
  {
    types: ["Tree"],
    value: '{ name: "root", branches: [{ name: "leaf", branches: [] }] }',
    about: "recursion; all values nest at most 64 deep",
  },
  {
    types: ["{ a?: string; b: boolean }"],
    value: "{ b: true }",
    about: "a field that may be absent. In JSON null means absent, too",
  },
  { types: ["string | null"], value: "null" },
  { types: ["{ a?: string | null }"], value: "{ a: null }", about: "absent and null are kept apart" },
  {
    types: ["Circle | Square"],
    value: '{ kind: "square", side: 2 }',
    about: "objects that differ in the values of one field. The number before the value is the member's",
  },
  {
    types: ["string | Circle[] | Circle"],
    value: '"a"',
    about: "members that differ as JavaScript values, by `typeof` or by class",
  },
  {
    types: ["Date | number"],
    value: "new Date(5)",
    about: "the same; where JSON could not tell the members apart, it says which",
  },
  {
    types: ["Circle & { name: string }"],
    value: '{ kind: "circle", radius: 2, name: "moon" }',
    about: "intersections of objects",
  },
  {
    types: ['string & { __brand: "id" }'],
    value: '"a-7"',
    about: "a primitive with a brand of your own, which exists for the compiler only",
  },
  {
    types: [
      'Pick<Circle, "radius">',
      "Omit",
      "Partial",
      "Required",
      "Readonly",
      "Exclude",
      "Extract",
      "NonNullable",
      'Circle["radius"]',
    ],
    value: "{ radius: 2 }",
    about: "utility, mapped, indexed and conditional types, once they can be resolved",
  },
  {
    types: ["unknown"],
    value: '{ a: [1, "b", null] }',
    about:
      "null, booleans, finite numbers, strings, bytes, arrays and plain objects of these. Bytes come back from JSON as text",
  },
];

/** What a tag means, and an example; where it may stand, the compiler's own table says. */
export const tagRows: Readonly<Record<string, readonly [example: string, about: string]>> = {
  minLength: ["@minLength 1", "short for `MinLength<1>`"],
  maxLength: ["@maxLength 20", "short for `MaxLength<20>`"],
  pattern: ["@pattern ^[a-z]+$", 'short for `Pattern<"^[a-z]+$">`'],
  minimum: ["@minimum 1", "short for `Minimum<1>`"],
  maximum: ["@maximum 100", "short for `Maximum<100>`"],
  minItems: ["@minItems 1", "short for `MinItems<1>`"],
  maxItems: ["@maxItems 50", "short for `MaxItems<50>`"],
  throws: [
    "@throws {RoomFull}",
    "a failure that it declares: an interface that extends `Failure`, and a class that handlers throw and callers catch",
  ],
  timeout: ["@timeout 5s", "its deadline, in place of the application's; in `ms`, `s` or `m`"],
  idempotent: [
    "@idempotent",
    "it may run twice: it is called again where a node or the broker was lost on the way",
  ],
  latest: [
    "@latest",
    "a client that reads too slowly gets only the newest value, see [sessions](sessions.md)",
  ],
  replay: [
    "@replay",
    "a client that lost its connection gets what it missed when it comes back, see [sessions](sessions.md)",
  ],
  was: ["@was oldName", "it keeps its old name on the wire, see [evolution](evolution.md)"],
};

/** The constraints as types, with what they bound. */
export const constraintRows: readonly (readonly [type: string, of: string, value: string])[] = [
  ["MinLength<1>", "string", '"a"'],
  ["MaxLength<20>", "string", '"a"'],
  ['Pattern<"^[a-z]+$">', "string", '"a"'],
  ["Minimum<1>", "number", "1"],
  ["Maximum<100>", "number", "1"],
  ["MinItems<1>", "string[]", '["a"]'],
  ["MaxItems<50>", "string[]", '["a"]'],
];

/** Names of `antwire/idl` that are neither types of values nor constraints: the table of what a module has is about them. */
export const otherNames = ["Push", "Failure", "Session", "UserSession", "SessionData"] as const;
