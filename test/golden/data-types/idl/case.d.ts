import type { Push, Session, UserSession } from "antwire/idl";

export declare class Position {
  x: number;
  move(): void;
}

export interface Nobody {}

export interface Told {
  ring(session: Session): Promise<void>;
}

export interface Impossible {
  value: string & { never: true } & number;
}

export type Nested = Nested[];

/** Each level has another type. */
export interface Endless<T> {
  inner: Endless<T[]> | null;
}

export interface Page<T> {
  items: T[];
}

export interface Bad {
  anything: any;
  callback: () => void;
  later: Promise<string>;
  symbol: symbol;
  fn: Function;
  instance: Position;
  nobody: Nobody;
  bare: object;
  empty: {};
  big: Object;
  never: never;
  undef: string | undefined;
  nothing: undefined;
  regex: RegExp;
  same: { a: string } | { a: number };
  module: Told;
  session: UserSession;
  pushes: Push<string>[];
  nested: Nested;
  both: { known: string; [other: string]: string };
  impossible: Impossible;
  arrays: string[] | number[];
  alike: Record<string, string> | { a: string };
  keys: Map<{ a: string }, string>;
  numbers: { [index: number]: string };
  rest: [...string[], number];
  impossibleToo: string[] & { a: string };
  endless: Endless<string>;
  weak: WeakMap<object, string>;
  promises: Promise<string>[];
  deep: { list: { inner: any }[] };
}

/** The type parameter of a generic module is known to nobody. */
export interface Unresolved<T> {
  get(session: Session): Promise<T extends string ? number : Date>;
}

export interface Types {
  bad(session: Session, bad: Bad): Promise<Bad>;
  direct(session: Session, list: any[], more?: any): Promise<any>;
  parameter<T>(session: Session, value: T): Promise<T>;
}
