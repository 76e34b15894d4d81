import fc from "fast-check";

// Heads of much that MessagePack has, and of what no client may send.
const heads = [
  0x80, 0x81, 0x90, 0x91, 0xa1, 0xc0, 0xc1, 0xc4, 0xc7, 0xcb, 0xcf, 0xd4, 0xd9, 0xdc, 0xdd, 0xdf,
];
const byte = fc.oneof(fc.constantFrom(...heads), fc.integer({ min: 0, max: 255 }));

/** Something that happens to bytes on their way. */
export interface Mutation {
  readonly kind: "set" | "flip" | "insert" | "delete" | "truncate" | "repeat";
  /** A position; to be taken modulo the length. */
  readonly anywhere: number;
  readonly given: readonly number[];
}

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("set", "flip", "insert", "delete", "truncate", "repeat"),
    anywhere: fc.nat(),
    given: fc.array(byte, { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** The bytes after a mutation. */
export function mutated(bytes: Uint8Array, { kind, anywhere, given }: Mutation): Uint8Array {
  const at = anywhere % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (kind) {
    case "set":
      return Buffer.concat([before, Uint8Array.from(given), after.subarray(given.length)]);
    case "flip":
      return bytes.map((old, i) => (i === at ? old ^ (1 << ((given[0] ?? 0) & 7)) : old));
    case "insert":
      return Buffer.concat([before, Uint8Array.from(given), after]);
    case "delete":
      return Buffer.concat([before, after.subarray(given.length)]);
    case "truncate":
      return before;
    case "repeat":
      return Buffer.concat([bytes, after]);
  }
}

/** Which part of a value, which part of that, and so on. */
export type Place = readonly number[];

export const places: fc.Arbitrary<Place> = fc.array(fc.nat({ max: 30 }), { maxLength: 6 });

/** The value with something else in one place; the value itself is left as it is. */
export function planted(value: unknown, [part, ...place]: Place, planting: unknown): unknown {
  if (part === undefined || typeof value !== "object" || value === null) return planting;
  const inOneOf = (items: readonly unknown[]) => {
    const at = part % items.length;
    return items.with(at, planted(items[at], place, planting));
  };
  if (value instanceof Map && value.size > 0) {
    const [keys, values] = [[...value.keys()], [...value.values()]];
    const [newKeys, newValues] = part < 10 ? [inOneOf(keys), values] : [keys, inOneOf(values)];
    return new Map(newKeys.map((key, i) => [key, newValues[i]]));
  }
  if (value instanceof Set && value.size > 0) return new Set(inOneOf([...value]));
  if (Array.isArray(value)) return value.length > 0 ? inOneOf(value) : planting;
  const entries = Object.entries(value);
  if (entries.length === 0) return planting;
  const values = inOneOf(entries.map(([, item]) => item));
  return Object.fromEntries(entries.map(([key], i) => [key, values[i]]));
}
