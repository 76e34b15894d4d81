import type { TypeDeclaration } from "./declaration.js";
import type { Model, Module } from "./model.js";
import type { Type } from "./type.js";

/** Names of the declared types that a type refers to directly. */
export function namesIn(type: Type): string[] {
  const names: string[] = [];
  collect(type, names);
  return names;
}

function collect(type: Type, names: string[]): void {
  switch (type.kind) {
    case "ref":
      names.push(type.name);
      break;
    case "array":
    case "set":
      collect(type.item, names);
      break;
    case "tuple":
      for (const item of type.items) collect(item.type, names);
      if (type.rest) collect(type.rest, names);
      break;
    case "map":
      collect(type.key, names);
      collect(type.value, names);
      break;
    case "record":
      collect(type.value, names);
      break;
    case "nullable":
      collect(type.type, names);
      break;
    case "literals":
      names.push(...(type.enums ?? []));
  }
}

/** The types that a declared type consists of. */
export function partsOf({ definition }: TypeDeclaration): Type[] {
  switch (definition.kind) {
    case "object":
      return definition.fields.map((field) => field.type);
    case "union":
      return [
        ...definition.members.map((member) => member.type),
        ...(definition.enums ?? []).map((name) => ({ kind: "ref" as const, name })),
      ];
    case "enum":
      return [];
  }
}

/**
 * Names of the declared types that modules send or get, directly or inside others.
 *
 * @param others names of types that count as well
 */
export function namesReached(
  modules: readonly Module[],
  types: Model["types"],
  others: readonly string[] = [],
): Set<string> {
  const declarations = new Map(types.map((type) => [type.name, type]));
  const reached = new Set<string>();
  const sent = modules.flatMap(({ methods, pushes }) => [
    ...methods.flatMap(({ parameters, result, failures }) => [
      ...parameters.flatMap(({ type }) => namesIn(type)),
      ...(result ? namesIn(result) : []),
      ...failures,
    ]),
    ...pushes.flatMap(({ type }) => namesIn(type)),
  ]);
  const open = [...others, ...sent];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const declaration = declarations.get(name);
    if (!declaration || reached.has(name)) continue;
    reached.add(name);
    open.push(...namesInDeclaration(declaration));
  }
  return reached;
}

// Several steps ask, and in a compiler that stays open the same declarations come again after each edit.
const found = new WeakMap<TypeDeclaration, readonly string[]>();

function namesInDeclaration(declaration: TypeDeclaration): readonly string[] {
  const names = found.get(declaration) ?? partsOf(declaration).flatMap(namesIn);
  found.set(declaration, names);
  return names;
}
