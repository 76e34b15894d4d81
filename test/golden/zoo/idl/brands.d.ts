import type { MaxLength, Minimum, Pattern, Session, uint32 } from "antwire/idl";

declare const brand: unique symbol;

export type AnimalId = string & { readonly __brand: "AnimalId" };
export type KeeperId = string & { readonly [brand]: "KeeperId" };
export type Weight = number & { readonly __unit: "grams" };
export type Serial = uint32 & Minimum<1> & { readonly __brand: "Serial" };
export type Huge = bigint & { readonly __brand: "Huge" };
export type Code = string & MaxLength<8> & Pattern<"^[A-Z0-9]+$"> & { readonly __brand: "Code" };
export type Branded<T, B extends string> = T & { readonly __brand: B };

export type Tag = `#${string}`;
export type Place = `${"north" | "south"}-${number}`;
export type Version = `v${bigint}.${boolean}`;
export type Shouted = Uppercase<"roar" | "squeak">;
export type Greeting = `hello ${Capitalize<"lion" | "mouse">}`;

export interface Badges {
  animal: AnimalId;
  keeper: KeeperId | null;
  weight?: Weight;
  serial: Serial;
  huge: Huge;
  code: Code;
  inline: Branded<string, "Inline">;
  ids: AnimalId[];
  map: Map<AnimalId, Weight>;
  set: Set<KeeperId>;
  pair: [AnimalId, Weight?];
  either?: AnimalId | null;
  tag: Tag;
  tags: Tag[];
  place: Place;
  version: Version;
  shouted: Shouted;
  greeting: Greeting;
  tagOrNumber: Tag | number;
  byTag: Map<Tag, Place>;
}

/** Records whose keys are more than texts. */
export interface Registers {
  byId: Record<AnimalId, Weight>;
  byTag: Record<Tag, Date>;
  byCode: { readonly [code: Code]: KeeperId | null };
  byName: { [K in string & MaxLength<4>]: string[] };
  within?: Record<AnimalId, Record<Tag, Badges>>;
}

/** Texts and numbers that are more than that. */
export interface Brands {
  badges(session: Session, given: Badges): Promise<Badges>;
  find(session: Session, id: AnimalId, tag?: Tag): Promise<Weight | null>;
  registers(session: Session, given: Registers): Promise<Record<AnimalId, Registers>>;
}
