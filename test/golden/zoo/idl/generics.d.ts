import type { MaxItems, Push, Session, uint32 } from "antwire/idl";
import type { Animal, cages, Kinds, Sheet } from "./shared/index.js";

export interface Page<T> {
  items: T[] & MaxItems<50>;
  total: uint32;
  next?: string | null;
}

/** A default, and a bound. */
export interface Named<T extends { name: string } = Animal> {
  subject: T;
  names: T["name"][];
}

export interface Pair<A, B = A> {
  first: A;
  second: B;
}

/** Contains itself, with the same argument and with another. */
export interface Chain<T> {
  value: T;
  rest: Chain<T> | null;
}

export type Maybe<T> = { some: T } | null;
export type Outcome<T, E = string> = { ok: true; value: T } | { ok: false; error: E };
export type Table<K extends string, V> = { [P in K]: V };
export type Ids<T> = { [P in keyof T as `${P & string}Id`]: T[P] };
export type Handed<T> = T extends (infer U)[] ? U : T;
export type Depth<T> = T | { deeper: Depth<T> };

export interface Base<T> {
  base: T;
}

export interface Middle<T> extends Base<T[]> {
  middle: Base<T>;
}

export interface Bottom extends Middle<Date>, Pair<string, Animal> {
  bottom: Middle<Middle<string>>;
}

/** Types made of types. */
export interface Generics {
  pages(session: Session, given: Page<Animal>): Promise<Page<Page<string>>>;
  named(session: Session, given: Named): Promise<Named<cages.Cage & { name: string }>>;
  pairs(session: Session, given: Pair<Pair<string>, Pair<Date, Pair<bigint | null>>>): Promise<Pair<string[]>>;
  chains(session: Session, given: Chain<Animal>): Promise<Chain<Chain<string>>>;
  maybe(session: Session, given: Maybe<Maybe<string>>): Promise<Maybe<Date>[]>;
  outcome(session: Session, given: Outcome<Animal>): Promise<Outcome<Page<string>, { code: number }>>;
  table(session: Session, given: Table<"a" | "b", Date>): Promise<Ids<Animal>>;
  handed(session: Session, given: Handed<Animal[]>): Promise<Handed<Handed<string[][]>>>;
  depth(session: Session, given: Depth<string>): Promise<Page<Depth<Date>>>;
  bottom(session: Session, given: Bottom): Promise<Middle<Bottom>>;
  sheet(session: Session, given: Sheet<Kinds["when"]>): Promise<Sheet<Kinds>>;
  readonly paged: Push<Page<Outcome<Animal>>>;
}
