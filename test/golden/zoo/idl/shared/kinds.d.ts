import type {
  float32, float64, int8, int16, int32, int64, MaxLength, Maximum, Minimum, MinLength, Pattern, uint8, uint16, uint32, uint64,
} from "antwire/idl";
import type { Diet, Habitat, Rarity } from "./enums.js";

/** An animal, as most of the zoo knows it. */
export interface Animal {
  name: string & MaxLength<40>;
  legs: uint8;
}

/** One field of each kind of type. */
export interface Kinds {
  text: string;
  bounded: string & MinLength<1> & MaxLength<12>;
  matched: string & MaxLength<20> & Pattern<"^[a-z]+(-[a-z]+)*$">;
  flag: boolean;
  real: number;
  ranged: number & Minimum<-1.5> & Maximum<1.5>;
  i8: int8;
  i16: int16;
  i32: int32;
  u8: uint8;
  u16: uint16;
  u32: uint32;
  f32: float32;
  f64: float64;
  big: bigint;
  i64: int64;
  u64: uint64;
  nothing: null;
  word: "roar" | "squeak";
  number: 1 | 2 | -0.5;
  yes: true;
  mixed: "many" | 0 | false;
  when: Date;
  bytes: Uint8Array;
  anything: unknown;
  habitat: Habitat;
  diet: Diet;
  rarity: Rarity;
  oneDiet: Diet.Meat;
  animal: Animal;
  inline: { height: number; cage?: { number: uint16 } };
  list: string[];
  pair: [x: number, y: number];
  dictionary: Record<string, uint8>;
  lookup: Map<string, Animal>;
  bag: Set<string>;
  choice: string | number;
  tagged: { kind: "fed"; grams: uint16 } | { kind: "slept"; hours: number };
}
