import type { Failure, int64, MaxLength, Push, Session, uint8, uint64 } from "antwire/idl";
import type { Item as Thing, Kinds } from "./deep/index.js";

/** A brand of one's own. */
export type UserId = string & { readonly __brand: "UserId" };
export type Slot = `slot-${number}`;
export type Channel = `${"red" | "green"}:${string}`;

/** A page of anything. */
export interface Page<T> {
  items: T[];
  /** @minimum 0 */
  total: number;
  next?: Page<T>;
}

export interface Pair<A, B> {
  first: A;
  second: B;
}

export type Wrapped<T> = { wrapped: T };

export interface Item {
  id: UserId;
  name: string & MaxLength<20>;
  price: number;
  note?: string | null;
}

export declare const enum Direction {
  North = 1 << 0,
  East = 1 << 1,
  Both = North | East,
}

/** All that maps and sets can be. */
export interface Keyed {
  scores: Map<string, number>;
  byNumber: ReadonlyMap<uint8, Item>;
  byDirection: Map<Direction, Date>;
  nested: Map<string, Map<string, Item[]>>;
  tags: Set<string>;
  items: ReadonlySet<Item>;
  dates: Set<Date>;
}

export interface Big {
  any: bigint;
  signed: int64;
  unsigned: uint64;
  maybe?: bigint | null;
  list: bigint[];
}

export interface Tuples {
  labelled: [x: number, y: number];
  optional: [string, number?, Date?];
  rest: [string, ...number[]];
  restOnly: [...Item[]];
  labelledRest: readonly [first: string, second?: Date, ...more: (string | null)[]];
  nested: [[number, number], Item];
  optionalItem: [string, Item?];
  restItems: [uint8, ...Item[]];
}

/** Unions told apart by what JavaScript sees. */
export interface Unions {
  text: string | number;
  many: string | number | boolean | bigint | Date | Uint8Array | Item[] | Map<string, number> | Item;
  literal: "auto" | number;
  mixed: "none" | Item | Item[];
  dates: Date | number;
  shapes: string | { kind: "a"; a: string } | { kind: "b"; b: number };
  maybe?: string | Date | null;
  set: Set<string> | null;
  boolean: boolean | string;
  yes: true | string[];
}

/** What utility types make. */
export interface Utility {
  partial: Partial<Item>;
  required: Required<Item>;
  readonly: Readonly<Item>;
  picked: Pick<Item, "id" | "name">;
  omitted: Omit<Item, "price">;
  keyed: Record<"left" | "right", Item>;
  excluded: Exclude<"a" | "b" | "c", "a">;
  extracted: Extract<string | number, string>;
  nonNullable: NonNullable<string | null>;
  mapped: { [K in "x" | "y"]: number };
  flags: { [K in keyof Item]?: boolean };
  indexed: Item["name"];
  conditional: Item extends { price: number } ? string : number;
  intersection: Item & { extra: string };
  branded: UserId;
  slot: Slot;
  channel: Channel;
  direction: Direction;
  north: Direction.North;
  anything: unknown;
  anythings?: unknown[];
}

export interface Missing extends Failure {
  ids: Set<UserId>;
}

declare namespace inner {
  interface Secret {
    depth: Secret | null;
  }
}

/** Rich types go in and come out. */
export interface RichEcho {
  keyed(session: Session, given: Keyed): Promise<Keyed>;
  big(session: Session, given: Big): Promise<Big>;
  tuples(session: Session, given: Tuples): Promise<Tuples>;
  unions(session: Session, given: Unions): Promise<Unions>;
  utility(session: Session, given: Utility): Promise<Utility>;
  pages(session: Session, given: Page<Item>): Promise<Page<Page<string>>>;
  pair(session: Session, given: Pair<Item, Date[]>): Promise<Pair<string, number>>;
  wrapped(session: Session, given: Wrapped<Item>): Promise<Wrapped<string[]>>;
  /** @throws {Missing} */
  unknown(session: Session, given: unknown, more?: unknown): Promise<unknown>;
  either(session: Session, given: string | Item, big?: bigint): Promise<Date | null | string>;
  map(session: Session, given: Map<string, Date>): Promise<Set<Item>>;
  things(session: Session, given: Thing, kinds: Kinds): Promise<inner.Secret>;
  readonly pushed: Push<Map<string, Item>>;
}
