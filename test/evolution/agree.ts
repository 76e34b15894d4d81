import { renamedMark } from "./edited-spec.js";

/** Where what was read says something else than what was written; undefined where both say the same. */
export function disagreement(written: unknown, read: unknown, path = "value"): string | undefined {
  if (read === undefined || written === undefined || written === null || read === null) {
    return (written ?? null) === (read ?? null) ? undefined : path;
  }
  if (read instanceof Date || read instanceof Uint8Array) {
    return JSON.stringify(read) === JSON.stringify(written) ? undefined : path;
  }
  if (isList(written) && isList(read)) {
    const [before, now] = [eachOnce(written, read), [...read]];
    // A shorter tuple leaves the tail out.
    return firstOf(now, (item, index) => disagreement(before[index], item, `${path}[${index}]`));
  }
  if (typeof read === "object" && typeof written === "object") {
    const before = new Map(Object.entries(written).map(([key, value]) => [originalName(key), value]));
    return firstOf(Object.entries(read), ([key, value]) =>
      disagreement(before.get(originalName(key)), value, `${path}.${key}`),
    );
  }
  if (typeof read === "bigint") return BigInt(written as number) === read ? undefined : path;
  return read === written || read === Math.fround(Number(written)) ? undefined : path;
}

function isList(value: unknown): value is Iterable<unknown> {
  return Array.isArray(value) || value instanceof Set || value instanceof Map;
}

/** Of what became a set or a map, each value or key once. `float32` makes several numbers one. */
function eachOnce(written: Iterable<unknown>, read: Iterable<unknown>): readonly unknown[] {
  if (!(read instanceof Set || read instanceof Map)) return [...written];
  const collect = (of: (key: unknown) => unknown): readonly unknown[] =>
    read instanceof Set
      ? [...new Set([...written].map(of))]
      : [...new Map(([...written] as [unknown, unknown][]).map(([key, value]) => [of(key), value]))];
  const exact = collect((key) => key);
  return exact.length === read.size
    ? exact
    : collect((key) => (typeof key === "number" ? Math.fround(key) : key));
}

function originalName(name: string): string {
  return name.endsWith(renamedMark) ? name.slice(0, -renamedMark.length) : name;
}

function firstOf<T, R>(items: readonly T[], find: (item: T, index: number) => R | undefined): R | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
