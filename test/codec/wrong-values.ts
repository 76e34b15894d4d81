import type { BigintType, NumberType, StringType } from "../../generator/model/type.js";
import { rangeOf } from "./number-range.js";

/** Whether values are meant as programs have them or as they travel. */
export type Side = "value" | "wire";

const travelling = {
  string: "text",
  number: 7,
  boolean: true,
  bigint: 2n ** 63n,
  Uint8Array: new Uint8Array(1),
  array: [],
  object: {},
};

const samples: Readonly<Record<Side, Readonly<Record<string, unknown>>>> = {
  value: {
    ...travelling,
    Date: new Date(0),
    Map: new Map(),
    Set: new Set(),
    function: () => {},
    symbol: Symbol("no data"),
  },
  wire: travelling,
};

/** What fits nowhere. */
export const misfit = samples.value.symbol;

/** A value of each kind but those. */
export function otherThan(side: Side, ...kinds: readonly string[]): unknown[] {
  return Object.entries(samples[side]).flatMap(([kind, sample]) => (kinds.includes(kind) ? [] : [sample]));
}

export function wrongStrings({ minLength = 0, maxLength, pattern }: StringType): string[] {
  const tooShort = minLength > 0 ? ["a".repeat(minLength - 1)] : [];
  const tooLong = maxLength === undefined ? [] : ["a".repeat(maxLength + 1)];
  const strange = ["\n".repeat(Math.max(minLength, 1))].filter(
    (text) => pattern !== undefined && !new RegExp(pattern, "u").test(text),
  );
  const half = "\ud83d".repeat(Math.max(minLength, 1));
  return [...tooShort, ...tooLong, ...strange, half];
}

export function wrongNumbers(type: NumberType): number[] {
  const { integer, min, max } = rangeOf(type);
  const notFinite = [Number.NaN, Infinity, -Infinity];
  if (integer) return [...notFinite, min - 1, max + 1, min + 0.5];
  // A little is what single precision can tell apart.
  const little = (end: number) => Math.max(Math.abs(end), 1) * 1e-6;
  return [...notFinite, ...[min - little(min), max + little(max)].filter(Number.isFinite)];
}

export function wrongBigints({ format }: BigintType, side: Side): unknown[] {
  const below = (format === "uint64" ? 0n : -(2n ** 63n)) - 1n;
  const above = 2n ** (format === "int64" ? 63n : 64n);
  if (side === "value") return [...otherThan(side, "bigint"), below, above];
  // Small ones are numbers there.
  const numbers = [0.5, 2 ** 70, Number.NaN, ...(format === "uint64" ? [-1] : [])];
  return [...otherThan(side, "bigint", "number"), below, above, ...numbers];
}

export function wrongDates(side: Side): unknown[] {
  return side === "value"
    ? [...otherThan(side, "Date"), new Date(Number.NaN)]
    : [...otherThan(side, "number"), 0.5, 8.64e15 + 1, Number.NaN];
}

/** What almost is one of a few values. */
export function otherThanThese(values: readonly unknown[], side: Side): unknown[] {
  const alike = [...values.map((value) => `${value} `), ...values.map((value) => [value])];
  return [...otherThan(side), ...alike].filter((value) => !values.includes(value));
}
