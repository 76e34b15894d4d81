import type { Shape, TypeShape } from "../lock/shape.js";

/** Names of the types that are the same in both versions, with all that they consist of: most, after most edits. */
export function findSame({ types: shipped }: Shape, { types: current }: Shape): Set<string> {
  const same = new Set<string>();
  const users = new Map<string, string[]>();
  const changed: string[] = [];
  for (const [name, type] of Object.entries(current)) {
    const before: TypeShape | undefined = shipped[name];
    if (!before || !isEqual(before, type)) changed.push(name);
    else same.add(name);
    for (const part of partsOf(type)) users.set(part, [...(users.get(part) ?? []), name]);
  }
  for (const name of changed) {
    for (const user of users.get(name) ?? []) if (same.delete(user)) changed.push(user);
  }
  return same;
}

// In a compiler that stays open the same shapes come again after each edit.
const found = new WeakMap<TypeShape, readonly string[]>();

function partsOf(type: TypeShape): readonly string[] {
  const names = found.get(type) ?? namesIn(type);
  found.set(type, names);
  return names;
}

function namesIn(shape: unknown): string[] {
  if (typeof shape !== "object" || shape === null) return [];
  if ("kind" in shape && shape.kind === "ref" && "name" in shape) return [String(shape.name)];
  return Object.values(shape).flatMap(namesIn);
}

/** Whatever the order of the properties, which a lock that was read from disk need not have kept. */
function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const entries = Object.entries(a).filter(([, value]) => value !== undefined);
  const others = new Map(Object.entries(b).filter(([, value]) => value !== undefined));
  return (
    Array.isArray(a) === Array.isArray(b) &&
    entries.length === others.size &&
    entries.every(([key, value]) => others.has(key) && isEqual(value, others.get(key)))
  );
}
