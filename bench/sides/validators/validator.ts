import { isDeepStrictEqual } from "node:util";
import { answer } from "../../harness/answer.js";
import type { Sample } from "../../harness/benchmark.js";
import { measureSync } from "../../harness/measure.js";
import { rotate } from "../../sample.js";
import { type Inputs, inputs, type Shape } from "./inputs.js";

/** What one library does with the values of one type, each in the fastest way that it has. */
export interface Validator {
  /** Gives anything but false for a value that fits. */
  accept(value: unknown): unknown;
  /** Gives a copy of a value that fits. */
  copy(value: unknown): unknown;
  /** Throws for a value that does not fit. */
  assert(value: unknown): void;
  /** Where the value stands that is to blame for what `assert` threw. */
  placeOf(error: unknown): string | undefined;
}

export type Operation = "accept" | "copy" | "refuse";

/** What a side is asked to measure. */
export interface Assignment {
  readonly shape: Shape;
  readonly operation: Operation;
  readonly seconds: number;
}

/** Answers the benchmark's requests. A process measures one assignment only, as each call site of a program sees one. */
export function answerWith(validators: Readonly<Record<Shape, Validator>>): void {
  answer({
    check() {
      check(validators.flat, inputs.flat);
      check(validators.nested, inputs.nested);
      check(validators.bounded, inputs.bounded);
    },
    run: ({ shape, operation, seconds }: Assignment) =>
      measure(validators[shape], inputs[shape], operation, seconds),
  });
}

/** Throws unless the validator is as strict as all others are. */
function check(validator: Validator, { good, bad }: Inputs): void {
  for (const value of good) {
    validator.assert(value);
    if (validator.accept(value) === false) throw new Error("refuses a good value");
    if (!isDeepStrictEqual(defined(validator.copy(value)), value)) throw new Error("copies something else");
  }
  for (const { what, field, value } of bad()) {
    const place = validator.placeOf(catchFrom(validator, value));
    if (place === undefined) throw new Error(`accepts ${what}`);
    if (!place.includes(field)) throw new Error(`blames ${place} for ${what} in ${field}`);
  }
}

/** Some copy what is absent as `undefined`. */
function defined(value: unknown): unknown {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, field]) => field !== undefined));
}

function catchFrom(validator: Validator, value: unknown): unknown {
  try {
    validator.assert(value);
  } catch (error) {
    return error;
  }
  return undefined;
}

function measure(validator: Validator, { good, bad }: Inputs, operation: Operation, seconds: number): Sample {
  if (operation === "accept") {
    const next = rotate(good);
    return measureSync(seconds, () => validator.accept(next()));
  }
  if (operation === "copy") {
    const next = rotate(good);
    return measureSync(seconds, () => validator.copy(next()));
  }
  const next = rotate(bad());
  return measureSync(seconds, () => catchFrom(validator, next().value));
}
