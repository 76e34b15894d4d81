import type { TypeDeclaration } from "../model/declaration.js";
import type { Model } from "../model/model.js";
import type { LiteralValue } from "../model/type.js";
import { wireName } from "../model/wire-name.js";
import type { Lock, Places } from "./lock.js";

/**
 * Gives fields and union members the places on the wire that the lock remembers, and new ones the next
 * free place. Types that are gone stay in the lock: they may come back, and shipped clients know them.
 */
export function assignPositions(model: Model, lock: Lock): { model: Model; types: Lock["types"] } {
  const named = model.types.map((type) => withKnownKeys(type, lock.types[type.lockName] ?? []));
  // Instantiations of a generic type share their places, and need not have the same fields.
  const keys = new Map<string, Set<LiteralValue>>();
  for (const type of named) {
    if (type.definition.kind === "enum") continue;
    const shared = keys.get(type.lockName) ?? new Set();
    keys.set(type.lockName, shared);
    for (const key of keysOf(type)) shared.add(key);
  }
  const places = new Map(Object.entries(lock.types));
  for (const [lockName, current] of keys) places.set(lockName, place(current, places.get(lockName)));
  const types = named.map((type) => positioned(type, places.get(type.lockName) ?? []));
  return { model: { ...model, types }, types: Object.fromEntries(places) };
}

/** A member with several values of the discriminant keeps its place as long as it keeps the one that the lock knows. */
function withKnownKeys(type: TypeDeclaration, remembered: Places): TypeDeclaration {
  const { definition } = type;
  if (definition.kind !== "union") return type;
  const members = definition.members.map((member) => {
    const key = member.tags?.find((tag) => remembered.includes(tag)) ?? member.key;
    return key === member.key ? member : { ...member, key };
  });
  if (members.every((member, index) => member === definition.members[index])) return type;
  return { ...type, definition: { ...definition, members } };
}

function keysOf({ definition }: TypeDeclaration): LiteralValue[] {
  switch (definition.kind) {
    case "object":
      return definition.fields.map(wireName);
    case "union":
      return definition.members.map((member) => member.key);
    case "enum":
      return [];
  }
}

function positioned(type: TypeDeclaration, places: Places): TypeDeclaration {
  const { definition } = type;
  switch (definition.kind) {
    case "object": {
      const fields = definition.fields.map((field) => at(field, places.indexOf(wireName(field))));
      if (fields.every((field, index) => field === definition.fields[index])) return type;
      return { ...type, definition: { ...definition, fields } };
    }
    case "union": {
      const members = definition.members.map((member) => at(member, places.indexOf(member.key)));
      if (members.every((member, index) => member === definition.members[index])) return type;
      return { ...type, definition: { ...definition, members } };
    }
    case "enum":
      return type;
  }
}

/** The same object where it is there already, so that what was made from it can be used again. */
function at<T extends { readonly position: number }>(part: T, position: number): T {
  return part.position === position ? part : { ...part, position };
}

function place(current: ReadonlySet<LiteralValue>, remembered: Places = []): Places {
  const kept = remembered.map((value) => (value !== null && current.has(value) ? value : null));
  return [...kept, ...[...current].filter((value) => !kept.includes(value))];
}
