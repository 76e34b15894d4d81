import { expectTypeOf, test } from "vitest";
import type { float32, int64, MaxLength, Minimum, uint8, uint16, uint32 } from "../../runtime/idl.js";

// Ranges and lengths are for the codecs to check: for TypeScript sized numbers are numbers.

test("any number is assignable to a sized one, and the other way round", () => {
  expectTypeOf<number>().toExtend<uint8>();
  expectTypeOf<uint8>().toExtend<uint32>();
  expectTypeOf<uint32>().toExtend<uint8>();
  expectTypeOf<uint16>().toExtend<float32>();
  expectTypeOf<float32>().toExtend<number>();
  expectTypeOf<bigint>().toExtend<int64>();
  expectTypeOf<number>().not.toExtend<int64>();
});

test("constraints of one kind do not clash", () => {
  expectTypeOf<string>().toExtend<string & MaxLength<20>>();
  expectTypeOf<string & MaxLength<20>>().toExtend<string & MaxLength<5>>();
  expectTypeOf<uint8 & Minimum<1>>().toExtend<uint16 & Minimum<2>>();
});
