import type { Sample } from "../harness/benchmark.js";
import { measureSync } from "../harness/measure.js";
import { days, profiles, rotate } from "../sample.js";

export type Shape = "flat" | "nested";
export type Operation = "encode" | "decode";

/** One way to turn a value into bytes and back. */
export interface Format<T> {
  encode(value: T): Uint8Array;
  decode(bytes: Uint8Array): T;
}

/** What a codec side is asked to do. */
export interface Assignment {
  readonly shape: Shape;
  readonly operation: Operation;
  readonly seconds: number;
}

/** Measures one operation on one shape. A process gets one assignment only, as each call site of a program sees one. */
export function measureCodec(
  formats: { flat: Format<(typeof profiles)[number]>; nested: Format<(typeof days)[number]> },
  { shape, operation, seconds }: Assignment,
): Sample {
  return shape === "flat"
    ? measureFormat(formats.flat, profiles, operation, seconds)
    : measureFormat(formats.nested, days, operation, seconds);
}

function measureFormat<T>(
  format: Format<T>,
  values: readonly T[],
  operation: Operation,
  seconds: number,
): Sample {
  // Copies, because what an encoder returns may be a view on a pool that the next call writes to.
  const encoded = values.map((value) => new Uint8Array(format.encode(value)));
  const nextValue = rotate(values);
  const nextBytes = rotate(encoded);
  const sample =
    operation === "encode"
      ? measureSync(seconds, () => format.encode(nextValue()))
      : measureSync(seconds, () => format.decode(nextBytes()));
  return { ...sample, bytes: encoded[0]?.length ?? 0 };
}
