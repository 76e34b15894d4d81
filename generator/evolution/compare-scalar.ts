import type { BigintType, NumberFormat, NumberType, StringType } from "../model/type.js";
import type { Comparison } from "./comparison.js";

const integers: Readonly<Partial<Record<NumberFormat, readonly [low: number, high: number]>>> = {
  int8: [-(2 ** 7), 2 ** 7 - 1],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 2 ** 8 - 1],
  uint16: [0, 2 ** 16 - 1],
  uint32: [0, 2 ** 32 - 1],
};

// The greatest number of single precision: 24 bits of ones, the last of them worth 2 ** 104.
const maxSingle = (2 ** 24 - 1) * 2 ** 104;

interface Range {
  readonly low: number;
  readonly high: number;
  readonly isInteger: boolean;
  readonly isSingle: boolean;
}

function rangeOf({ format, minimum, maximum }: NumberType): Range {
  const isSingle = format === "float32";
  const greatest = isSingle ? maxSingle : Number.MAX_VALUE;
  const [low, high] = integers[format] ?? [-greatest, greatest];
  return {
    low: Math.max(low, minimum ?? low),
    high: Math.min(high, maximum ?? high),
    isInteger: integers[format] !== undefined,
    isSingle,
  };
}

export function compareNumber(
  comparison: Comparison,
  path: string,
  reader: NumberType,
  writer: NumberType,
): void {
  const [reads, writes] = [rangeOf(reader), rangeOf(writer)];
  // A reader of single precision compares what it gets once it is rounded.
  const asRead = reads.isSingle && !writes.isSingle ? Math.fround : (value: number) => value;
  const fits =
    (writes.isInteger || !reads.isInteger) &&
    asRead(writes.low) >= reads.low &&
    asRead(writes.high) <= reads.high;
  if (!fits) comparison.mismatch("range", path, reader, writer);
}

export function numberTakes(type: NumberType, value: number): boolean {
  const { low, high, isInteger, isSingle } = rangeOf(type);
  const read = isSingle ? Math.fround(value) : value;
  return read >= low && read <= high && (!isInteger || Number.isInteger(value));
}

export function compareString(
  comparison: Comparison,
  path: string,
  reader: StringType,
  writer: StringType,
): void {
  const fits =
    (writer.minLength ?? 0) >= (reader.minLength ?? 0) &&
    (writer.maxLength ?? Number.POSITIVE_INFINITY) <= (reader.maxLength ?? Number.POSITIVE_INFINITY) &&
    (reader.pattern === undefined || reader.pattern === writer.pattern);
  if (!fits) comparison.mismatch("range", path, reader, writer);
}

export function stringTakes({ minLength, maxLength, pattern }: StringType, value: string): boolean {
  return (
    value.length >= (minLength ?? 0) &&
    value.length <= (maxLength ?? Number.POSITIVE_INFINITY) &&
    (pattern === undefined || new RegExp(pattern, "u").test(value))
  );
}

export function compareBigint(
  comparison: Comparison,
  path: string,
  reader: BigintType,
  writer: BigintType,
): void {
  if (reader.format === undefined || reader.format === writer.format) return;
  comparison.mismatch("range", path, reader, writer);
}

/** Whether all numbers of a type are integers that a reader of bigints takes: any encoding of them is accepted. */
export function numberFitsBigint(reader: BigintType, writer: NumberType): boolean {
  const { low, isInteger } = rangeOf(writer);
  return isInteger && (low >= 0 || reader.format !== "uint64");
}
