import type { MaxItems, MinItems, Push, Session, uint8 } from "antwire/idl";
import type { Animal, Habitat, Kinds, Mixed, Only, Rarity } from "./shared/index.js";

/** Kinds that travel each in a way of their own. */
export type Some = Pick<
  Kinds,
  | "bounded"
  | "flag"
  | "f32"
  | "i64"
  | "nothing"
  | "word"
  | "when"
  | "bytes"
  | "anything"
  | "habitat"
  | "animal"
  | "list"
  | "pair"
  | "dictionary"
  | "lookup"
  | "bag"
  | "choice"
>;

/** An array of each kind. */
export type Arrays = { [K in keyof Some]: Some[K][] };

/** A record of each kind. */
export type Records = { [K in keyof Some]: Record<string, Some[K]> };

/** A map to each kind. */
export type Maps = { [K in keyof Some]: Map<string, Some[K]> };

/** A set of each kind. */
export type Sets = { [K in keyof Some]: Set<Some[K]> };

/** A tuple with each kind at the front, in the middle and as the rest. */
export type Tuples = { [K in keyof Some]: [Some[K], (Some[K] | null)?, ...Some[K][]] };

/** Everything a map may have as its key. */
export interface Keys {
  text: Map<string, string>;
  word: Map<"roar" | "squeak", Date>;
  number: Map<number, Uint8Array>;
  small: Map<uint8, Map<uint8, boolean>>;
  big: Map<bigint, bigint>;
  flag: Map<boolean, null>;
  habitat: Map<Habitat, Animal[]>;
  rarity: ReadonlyMap<Rarity, ReadonlyMap<Mixed, Only>>;
}

/** Containers in containers. */
export interface Boxes {
  grid: readonly (readonly number[])[];
  deep: string[][][];
  perhaps: ((string | null)[] | null)[];
  ofMaps: Map<string, Animal>[];
  ofSets: ReadonlySet<ReadonlySet<string>>;
  ofRecords: Record<string, Record<string, Animal | null>>;
  ofTuples: [Animal, string][];
  tuples: readonly [readonly string[], Record<string, Date>, Map<string, Set<Date>>, [[Animal]]];
  few: (Animal[] & MaxItems<2>)[] & MinItems<1> & MaxItems<3>;
  index: { [name: string]: { readonly tags: Set<string> } };
}

export interface Lengths {
  empty: [];
  one: [string];
  optional: [string?];
  labelled: [name: string, age?: uint8, born?: Date | null];
  rest: [...string[]];
  first: [first: Animal, ...others: Animal[]];
  all: readonly [a: string, b?: number, ...more: (Date | null)[]];
  spread: [...[string, number], ...[boolean]];
}

/** What holds many. */
export interface Containers {
  arrays(session: Session, given: Arrays): Promise<Arrays>;
  records(session: Session, given: Records): Promise<Records>;
  maps(session: Session, given: Maps): Promise<Maps>;
  sets(session: Session, given: Sets): Promise<Sets>;
  tuples(session: Session, given: Tuples): Promise<Tuples>;
  keys(session: Session, given: Keys): Promise<Keys>;
  boxes(session: Session, given: Boxes): Promise<Boxes>;
  lengths(session: Session, given: Lengths): Promise<Lengths>;
  direct(session: Session, given: Map<Habitat, Animal[]>, tags: Set<string>): Promise<[Date, ...Animal[]]>;
  readonly counted: Push<Record<string, Map<string, uint8[]>>>;
}
