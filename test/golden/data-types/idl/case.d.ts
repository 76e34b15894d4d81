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
  map: Map<string, number>;
  set: Set<string>;
  long: bigint;
  unknown: unknown;
  template: `a${string}`;
  mixed: string | number;
  same: { a: string } | { a: number };
  generic: Page<string>;
  partial: Partial<Told>;
  picked: Pick<Impossible, "value">;
  module: Told;
  session: UserSession;
  pushes: Push<string>[];
  nested: Nested;
  both: { known: string; [other: string]: string };
  tuple: [string, number?];
  impossible: Impossible;
  deep: { list: { inner: any }[] };
}

export interface Types {
  bad(session: Session, bad: Bad): Promise<Bad>;
  direct(session: Session, list: any[], more?: any): Promise<any>;
  parameter<T>(session: Session, value: T): Promise<T>;
}
