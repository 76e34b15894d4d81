import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, test } from "vitest";
import { refuse } from "../../runtime/codec/refusal.js";
import { nearMisses } from "./near-misses.js";
import { pathText, refusedAt } from "./refusal.js";
import { runs } from "./runs.js";
import { named, subjects } from "./subjects.js";

describe.each(named(subjects))("%s", (_, { shape, declarations, codec, guard }) => {
  test("what almost fits is neither written nor copied, is none to its guard, and the path leads to what is wrong", () => {
    fc.assert(
      fc.property(nearMisses(shape, declarations, "value"), ({ value, path }) => {
        assert.equal(
          refusedAt(() => codec.write(value)),
          pathText(path),
        );
        assert.equal(
          refusedAt(() => codec.copy(value)),
          pathText(path),
        );
        if (guard) assert.equal(guard(value), false);
      }),
      { numRuns: runs(30) },
    );
  });

  test("what almost fits is not read, and the path leads to what is wrong", () => {
    fc.assert(
      fc.property(nearMisses(shape, declarations, "wire"), ({ value, path }) => {
        assert.equal(
          refusedAt(() => codec.read(value)),
          pathText(path),
        );
      }),
      { numRuns: runs(30) },
    );
  });
});

test("a refusal takes no time for a stack, and leaves other errors theirs", () => {
  assert.throws(
    () => refuse("level", "a number", "x"),
    (refusal: Error) => !/\n\s+at /.test(String(refusal.stack)),
  );
  assert.match(String(new Error("another").stack), /\n\s+at /);
});
