import type { MaxLength, Session, uint8 } from "antwire/idl";
import type { Animal } from "./shared/index.js";

interface Hidden {
  readonly id: string;
  secret?: string;
}

/** Inherits from two, and from what is not exported. */
export interface Keeper extends Hidden, Omit<Animal, "legs"> {
  age: uint8;
  since: Date | null;
  cages?: string[];
}

/** What utility types make of inherited fields. */
export interface Utilities {
  partial: Partial<Keeper>;
  required: Required<Keeper>;
  readonly: Readonly<Keeper>;
  picked: Pick<Keeper, "id" | "name" | "secret">;
  omitted: Omit<Keeper, "age" | "cages">;
  stacked: Readonly<Partial<Pick<Required<Keeper>, "cages" | "secret">>>;
  record: Record<"left" | "right", Keeper>;
  partialRecord: Partial<Record<"left" | "right", Keeper>>;
  excluded: Exclude<keyof Keeper, "age">;
  extracted: Extract<string | number | Date, Date | number>;
  nonNullable: NonNullable<Keeper["since"]>;
  intersection: Keeper & { extra: string; age: number };
  intersections: Pick<Animal, "name"> & Partial<Pick<Animal, "legs">> & { readonly note?: string & MaxLength<9> };
}

export type Getters<T> = { readonly [K in keyof T as `get${Capitalize<K & string>}`]: T[K] };
export type Mutable<T> = { -readonly [K in keyof T]?: T[K] };
export type Writable<T> = { -readonly [K in keyof T]: T[K] };
export type Complete<T> = { [K in keyof T]-?: T[K] };
export type Deep<T> = T extends object ? { [K in keyof T]?: Deep<T[K]> } : T;
export type Filtered<T, V> = { [K in keyof T as T[K] extends V ? K : never]: T[K] };

export interface Amount {
  grams: number;
}

/** What mapped types make. */
export interface Mappings {
  literal: { [K in "x" | "y" | "z"]: number };
  numbers: { [K in 1 | 2]?: string };
  getters: Getters<Animal>;
  writable: Writable<Readonly<Animal>>;
  mutable: Mutable<Animal>;
  mutables?: Mutable<Animal>[];
  narrowed: Amount & { grams: 7 };
  complete: Complete<Keeper>;
  deep: Deep<{ a: { b: { c: Amount | null; d: string } } }>;
  filtered: Filtered<Keeper, string>;
}

/** What is looked up. */
export interface Lookups {
  field: Keeper["since"];
  present: NonNullable<Keeper["cages"]> | null;
  item: NonNullable<Keeper["cages"]>[number];
  fields: Keeper["age" | "id"];
  all: Animal[keyof Animal];
  element: [string, Date][1];
  elements: ["a", "b", 3][number];
}

type Unwrap<T> = T extends Promise<infer U> ? U : T extends readonly (infer U)[] ? U : never;
type First<T extends readonly unknown[]> = T extends readonly [infer F, ...unknown[]] ? F : null;
type NameOf<T> = T extends { name: infer N extends string } ? N : "nameless";
type Switch<T> = T extends string ? "text" : T extends number ? { number: T } : null;

/** What conditions decide. */
export interface Conditions {
  unwrapped: Unwrap<Date[]>;
  first: First<[Animal, string]>;
  none: First<[]>;
  name: NameOf<Keeper>;
  nameless: NameOf<Date>;
  distributed: Switch<"a" | 1>;
  plain: Keeper extends Animal ? true : false;
  parts: "a.b" extends `${infer Head}.${infer Tail}` ? [Head, Tail] : never;
}

/** What types become. */
export interface Utility {
  utilities(session: Session, given: Utilities): Promise<Utilities>;
  mappings(session: Session, given: Mappings): Promise<Mappings>;
  lookups(session: Session, given: Lookups): Promise<Lookups>;
  conditions(session: Session, given: Conditions): Promise<Conditions>;
  direct(session: Session, given: Partial<Keeper>): Promise<Pick<Keeper, "id">>;
}
