import type { Sample } from "../harness/benchmark.js";
import { measureSync } from "../harness/measure.js";
import type { Day, Profile } from "../idl/bench.js";
import { days, profiles, rotate } from "../sample.js";

export type Shape = "flat" | "nested";
export type Operation = "encode" | "decode";

/**
 * One way to turn a value into bytes and back, without a buffer for each value: that is how the gateway and
 * the transports do it, and a buffer costs as much as the bytes in it, in any format.
 */
export interface Format<T, Encoded> {
  /** Into memory that the next call writes over. */
  encode(value: T): Encoded;
  /** The bytes out of what `encode` returned. */
  bytesOf(encoded: Encoded): Uint8Array;
  /** Out of a chunk that holds others as well. */
  decode(chunk: Buffer, start: number, end: number): T;
}

/** What a codec side is asked to do. */
export interface Assignment {
  readonly shape: Shape;
  readonly operation: Operation;
  readonly seconds: number;
}

/** Measures one operation on one shape. A process gets one assignment only, as each call site of a program sees one. */
export function measureCodec<Encoded>(
  formats: { flat: Format<Profile, Encoded>; nested: Format<Day, Encoded> },
  { shape, operation, seconds }: Assignment,
): Sample {
  return shape === "flat"
    ? measureFormat(formats.flat, profiles, operation, seconds)
    : measureFormat(formats.nested, days, operation, seconds);
}

function measureFormat<T, Encoded>(
  format: Format<T, Encoded>,
  values: readonly T[],
  operation: Operation,
  seconds: number,
): Sample {
  const encoded = values.map((value) => Buffer.from(format.bytesOf(format.encode(value))));
  const chunk = Buffer.concat(encoded);
  const ranges: { readonly start: number; readonly end: number }[] = [];
  for (const { length } of encoded) {
    const start = ranges.at(-1)?.end ?? 0;
    ranges.push({ start, end: start + length });
  }
  const nextValue = rotate(values);
  const nextRange = rotate(ranges);
  const decode = () => {
    const range = nextRange();
    return format.decode(chunk, range.start, range.end);
  };
  const sample = measureSync(seconds, operation === "encode" ? () => format.encode(nextValue()) : decode);
  return { ...sample, bytes: encoded[0]?.length ?? 0 };
}
