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
    // A set has each value once.
    const [before, now] = [[...(read instanceof Set ? new Set(written) : written)], [...read]];
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
