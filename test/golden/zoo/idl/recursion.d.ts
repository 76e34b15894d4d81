import type { MaxItems, Session } from "antwire/idl";
import type { Chain } from "./generics.js";

/** A tree by an array, by null, by absence, by a record, a map, a set and a tuple. */
export interface Ancestor {
  children: Ancestor[] & MaxItems<8>;
  heir: Ancestor | null;
  rival?: Ancestor;
  byName: Record<string, Ancestor>;
  byNumber: Map<number, Ancestor>;
  friends: Set<Ancestor>;
  pair: [Ancestor?, ...Ancestor[]];
  either?: Ancestor | null;
}

/** Around two corners, and through another file. */
export interface Hen {
  kind: "hen";
  laid: Egg[];
}

export interface Egg {
  hatched: Hen | Nest | null;
  chain?: Chain<Egg>;
}

export interface Nest {
  eggs: Map<string, Egg>;
  kind: "nest";
}

/** A recursive alias of a union. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A recursive alias of an object. */
export type Cell = { value: string; right?: Cell; down?: { cell: Cell } };

/** A recursive union with tags. */
export type Expression =
  | { op: "number"; value: number }
  | { op: "add"; left: Expression; right: Expression }
  | { op: "negate"; of: Expression }
  | { op: "list"; items: Expression[] };

export type Nested = string | Nested[];

/** What an alias with null contains: itself, and where it may be absent. */
export type Found = { at: Date; next: Found; other?: Found } | null;

/** Types that contain themselves. */
export interface Recursion {
  ancestor(session: Session, given: Ancestor): Promise<Ancestor>;
  hen(session: Session, given: Hen): Promise<Egg>;
  cell(session: Session, given: Cell): Promise<Cell>;
  expression(session: Session, given: Expression): Promise<Expression>;
  nested(session: Session, given: Nested): Promise<Nested>;
  json(session: Session, given: Json, more?: Json): Promise<Json>;
  found(session: Session, given: Found, more?: Found | null): Promise<[Found, ...Json[]]>;
}
