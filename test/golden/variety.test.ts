import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Model } from "../../generator/model/model.js";
import type { Type } from "../../generator/model/type.js";

const root = fileURLToPath(new URL(".", import.meta.url));

/** The models of all cases that compile. */
const models: readonly Model[] = readdirSync(root)
  .map((name) => `${root}${name}/expected/manifest.json`)
  .filter((path) => existsSync(path))
  .map((path) => JSON.parse(readFileSync(path, "utf8")));

const kinds: readonly Type["kind"][] = [
  "string",
  "number",
  "bigint",
  "boolean",
  "null",
  "literals",
  "date",
  "bytes",
  "array",
  "tuple",
  "record",
  "map",
  "set",
  "unknown",
  "ref",
];

describe("the golden cases", () => {
  it("hold at least 150 distinct types", () => {
    expect(new Set(models.flatMap(shapesOf)).size).toBeGreaterThanOrEqual(150);
  });

  // Where a type can stand, and what cannot stand there: `unknown` is null already, and so is null.
  it.each([
    ["a field", []],
    ["an optional field", []],
    ["a nullable field", ["null", "unknown"]],
    ["an optional and nullable field", ["null", "unknown"]],
    ["a parameter", ["null"]],
    ["a result", ["null"]],
    ["an item of an array", []],
    ["a value of a record", []],
    ["a value of a map", []],
    ["an item of a set", []],
    ["an element of a tuple", []],
    ["an optional element of a tuple", []],
    ["the rest of a tuple", []],
    ["a member of a union", ["null", "unknown", "literals"]],
  ] satisfies [string, Type["kind"][]][])("have each kind of type as %s", (place, impossible) => {
    const found = new Set(models.flatMap(placesOf).filter((at) => at.place === place).map((at) => at.kind));
    expect([...found].sort()).toEqual(kinds.filter((kind) => !impossible.includes(kind as never)).sort());
  });
});

/** The declared types of a model, and what its methods and pushes take and give beside them. */
function shapesOf(model: Model): string[] {
  const declared = model.types.map(({ definition }) => print(definition));
  const values = model.modules.flatMap((module) => [
    ...module.methods.flatMap(({ result }) => result ?? []),
    ...module.pushes.map(({ type }) => type),
  ]);
  const args = model.modules.flatMap((module) => module.methods.map(({ parameters }) => parameters));
  return [
    ...declared,
    ...values.filter(({ kind }) => kind !== "ref").map(print),
    ...args.filter(({ length }) => length > 0).map(print),
  ];
}

/** Without how it is written and where. */
function print(shape: unknown): string {
  const aside = ["written", "at", "doc", "asserted"];
  return JSON.stringify(shape, (key, value) => (aside.includes(key) ? undefined : value));
}

interface Place {
  readonly place: string;
  readonly kind: Type["kind"];
}

function placesOf(model: Model): Place[] {
  const parameters = model.modules.flatMap(({ methods }) => methods.flatMap((method) => method.parameters));
  const results = model.modules.flatMap(({ methods }) => methods.flatMap(({ result }) => result ?? []));
  const definitions = model.types.map(({ definition }) => definition);
  const objects = definitions.filter((definition) => definition.kind === "object");
  const unions = definitions.filter((definition) => definition.kind === "union");
  return [
    ...objects.flatMap(({ fields }) => fields.flatMap(({ type, optional }) => field(type, optional))),
    ...unions.flatMap(({ members }) => members.flatMap(({ type }) => within("a member of a union", type))),
    ...parameters.flatMap(({ type }) => within("a parameter", type)),
    ...results.flatMap((type) => within("a result", type)),
  ];
}

function field(type: Type, optional: boolean): Place[] {
  if (type.kind !== "nullable") return within(optional ? "an optional field" : "a field", type);
  return within(optional ? "an optional and nullable field" : "a nullable field", type.type);
}

/** The place of a type, and the places inside it. */
function within(place: string, type: Type): Place[] {
  return [{ place, kind: unwrap(type).kind }, ...inside(type)];
}

function inside(type: Type): Place[] {
  switch (type.kind) {
    case "nullable":
      return inside(type.type);
    case "array":
      return within("an item of an array", type.item);
    case "set":
      return within("an item of a set", type.item);
    case "record":
      return within("a value of a record", type.value);
    case "map":
      return within("a value of a map", type.value);
    case "tuple":
      return [
        ...type.items.flatMap(({ type, optional }) =>
          within(optional ? "an optional element of a tuple" : "an element of a tuple", type),
        ),
        ...(type.rest ? within("the rest of a tuple", type.rest) : []),
      ];
    default:
      return [];
  }
}

function unwrap(type: Type): Type {
  return type.kind === "nullable" ? type.type : type;
}
