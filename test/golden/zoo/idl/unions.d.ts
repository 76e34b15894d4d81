import type { Push, Session, uint8 } from "antwire/idl";
import type { Animal, cages, Diet, Habitat, Only } from "./shared/index.js";

/** Two of each kind that JavaScript tells apart. */
export interface Pairs {
  textNumber: string | number;
  textFlag: string | boolean;
  textBig: string | bigint;
  textDate: string | Date;
  textBytes: string | Uint8Array;
  textList: string | string[];
  textMap: string | Map<string, string>;
  textSet: string | Set<string>;
  textObject: string | Animal;
  numberFlag: number | boolean;
  numberBig: number | bigint;
  numberDate: number | Date;
  numberBytes: uint8 | Uint8Array;
  numberList: number | readonly number[];
  numberMap: number | ReadonlyMap<string, number>;
  numberSet: number | ReadonlySet<number>;
  numberObject: number | Animal;
  flagBig: boolean | bigint;
  flagDate: boolean | Date;
  flagBytes: boolean | Uint8Array;
  flagList: boolean | boolean[];
  flagMap: boolean | Map<string, boolean>;
  flagSet: boolean | Set<boolean>;
  flagObject: boolean | Animal;
  bigDate: bigint | Date;
  bigBytes: bigint | Uint8Array;
  bigList: bigint | bigint[];
  bigMap: bigint | Map<string, bigint>;
  bigSet: bigint | Set<bigint>;
  bigObject: bigint | Animal;
  dateBytes: Date | Uint8Array;
  dateList: Date | Date[];
  dateMap: Date | Map<string, Date>;
  dateSet: Date | Set<Date>;
  dateObject: Date | Animal;
  bytesList: Uint8Array | Uint8Array[];
  bytesMap: Uint8Array | Map<string, Uint8Array>;
  bytesSet: Uint8Array | Set<Uint8Array>;
  bytesObject: Uint8Array | Animal;
  listMap: Animal[] | Map<string, Animal>;
  listSet: Animal[] | Set<Animal>;
  listObject: Animal[] | Animal;
  mapSet: Map<string, Animal> | Set<Animal>;
  mapObject: Map<string, Animal> | Animal;
  setObject: Set<Animal> | Animal;
}

export enum Rank {
  Pup = 1,
  Elder = 2,
}

/** Members whose names are no identifiers. */
export enum Food {
  Meat = "meat",
  "all sorts" = "all",
}

/** Used by its members only, which count on. */
export declare enum Season {
  Spring,
  Summer,
  Autumn = 7,
  Winter,
}

/** Literals beside kinds, null beside everything. */
export interface Mixtures {
  autoNumber: "auto" | number;
  autoObject: "auto" | "none" | Animal;
  zeroText: 0 | string;
  trueList: true | string[];
  falseDate: false | Date | null;
  manyLiterals: "a" | 1 | true | null;
  literalsAndTags: "none" | { kind: "a"; a: string } | { kind: "b"; b: Animal } | null;
  enumText: Rank | string;
  enumObject: Diet | Animal;
  enums: Rank | Diet;
  counted: Habitat | Animal;
  someCounted: Habitat.Water | Habitat.Air | null;
  oddNames: Food | Animal | null;
  unused: Season.Spring | Season.Autumn;
  onlyNull: Only | null;
  tuple: [string, number] | string;
  record: Record<string, Date> | string;
  all: string | number | boolean | bigint | Date | Uint8Array | Animal[] | Map<string, Animal> | Set<string> | Animal | null;
  optional?: string | Animal | null;
  list: (string | Animal | null)[];
  map: Map<string, string | Date>;
}

/** Told apart by a text. */
export interface Walked {
  kind: "walked";
  metres: number;
}

/** Told apart by a text, with an optional field. */
export interface Swam {
  kind: "swam";
  metres: number;
  water?: "salt" | "sweet";
}

export type Moved = Walked | Swam;

/** Inherits its tag. */
export interface Dived extends Swam {
  deep: true;
}

/** A union in a union, and a number, a truth and an enum's member as tags. */
export type Deed = Moved | { kind: "slept"; where: cages.Cage };
export type Status = { code: 200; body: string } | { code: 404 } | { code: 500; reason?: string };
export type Answer = { yes: true; value: Deed } | { yes: false };
export type Meal = { diet: Diet.Meat; grams: number } | { diet: Diet.Plants; leaves: number };

/** Several values tell one member. */
export type Sum =
  | { op: "number"; value: number }
  | { op: "add" | "multiply"; left: Sum; right: Sum }
  | { op: "negate" | 1 | true; of: Sum };
export type Weather =
  | { season: Season.Spring | Season.Summer; sun: number }
  | { season: Season.Autumn | Season.Winter; rain: number };

/** Two fields could tell them apart. */
export type Both = { kind: "a"; type: 1; a: string } | { kind: "b"; type: 2; b: string };

/** What may be one thing or another. */
export interface Unions {
  pairs(session: Session, given: Pairs): Promise<Pairs>;
  mixtures(session: Session, given: Mixtures): Promise<Mixtures>;
  deed(session: Session, given: Deed, moved: Moved): Promise<Answer>;
  status(session: Session, given: Status, meal: Meal): Promise<Status | null>;
  both(session: Session, given: Both): Promise<Both[]>;
  sum(session: Session, given: Sum, weather: Weather): Promise<Weather | null>;
  inPlace(session: Session, given: { x: string } | null): Promise<{ x: string } | null>;
  listOrNull(session: Session, given: number | Date | null): Promise<number | string[] | null>;
  dived(session: Session, given: Dived | Walked): Promise<Exclude<Deed, Swam>>;
  direct(session: Session, given: string | Animal, also?: Date | bigint): Promise<number | string[]>;
  readonly done: Push<Deed>;
  readonly eaten: Push<Meal | null>;
  readonly seen: Push<{ at: Date } | null>;
}
