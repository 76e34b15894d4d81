import type { Failure, Push, Session } from "antwire/idl";
import type { Id as IdOfCage } from "./shared/cages.js";
import type { Price as Cost, Deal } from "./trade/index.js";
import type { Id as NumberOfDeal, Painted } from "./trade/parts/deal.js";
import type * as trade from "./trade/index.js";

/** Named like what all programs know. */
export interface Event {
  target: Node | null;
  reports: Response[];
}

export interface Node {
  events: Event[];
  parentNode?: Node;
}

export interface Response {
  ok: boolean;
}

export type Symbol = "a" | "b";

/** Reserved words, and what all objects have. */
export interface Reserved {
  class: string;
  default: string;
  delete: string;
  enum: string;
  export: string;
  function: string;
  if: string;
  import: string;
  in: string;
  new: string;
  null: string;
  this: string;
  true: true;
  typeof: string;
  undefined: string;
  var: string;
  void: string;
  with: string;
  yield: string;
  await: string;
  async: string;
  let: string;
  static: string;
  arguments: string;
  eval: string;
  constructor: string;
  toString: string;
  hasOwnProperty: string;
  then: string;
  valueOf: string;
  prototype: string;
  length: number;
  name: string;
}

/** Named like what stands in generated code. */
export interface Locals {
  value: string;
  wire: string[];
  wireWire: string[];
  wireItem: string;
  wireIndex: number;
  at: Date;
  enter: string;
  leave: string;
  refuse: string;
  isText: string;
  isRecord: Record<string, string>;
  copyBytes: Uint8Array;
  copyUnknown: unknown;
  copied?: Locals;
  result?: Locals | null;
  resultOrNil: string;
  given: string | Date;
  givenInner?: null;
  member: { member: string } | string;
  json: string;
  Date: Date;
  Array: string[];
  Map: Map<string, Set<string>>;
  Object: { Object: string };
  Number: number;
  Math: string;
  Uint8Array: Uint8Array;
  pattern1: `p${number}`;
  value_: string;
  value__: string;
}

/** Called alike in two files, and called like what generated code has. */
export type Tint = "warm" | "cold";
export type Call = string & { readonly __brand: "Call" };
export type RequestHandlers = number & { readonly __brand: "RequestHandlers" };
export interface Tinted {
  tint: Tint & string;
  other: Painted;
  id: NumberOfDeal;
  ids: IdOfCage[];
  call: Call;
  handlers: RequestHandlers | null;
  null: null;
  undefined: null;
}

/** No identifiers. */
export interface Strange {
  "": string;
  " ": string;
  "-": string;
  "a-b": string[];
  "a.b": Record<string, string>;
  "0": string;
  "1e3": number;
  "007": Date;
  "quote\"'`": string;
  "back\\slash": string;
  "new\nline": string;
  "${x}": string;
  "*/": string;
  "ä": string;
  "変数": string;
  "😀": string;
  $: string;
  _: string;
  __: string;
  "{{x}}": string;
  "<b>&amp;": string;
}

export declare namespace deep {
  export interface Thing {
    in: deeper.Thing;
  }
  export namespace deeper {
    interface Thing {
      Error: Event | null;
    }
  }
  export type Alias = Thing["in"];
}

export declare enum Level {
  Low = 0,
  High = 1,
}

/** Names that differ where one would not look. */
export interface Clash extends Failure {
  /** Ends `*` and `/` in texts only. */
  where: Level;
  $class: string;
}

/** Named like a class of the platform, with methods of all names. */
export interface Request {
  /** @throws {Clash} */
  errors(session: Session, error: Response, event: Event): Promise<Node>;
  reserved(session: Session, given: Reserved): Promise<Reserved>;
  locals(session: Session, given: Locals): Promise<Locals>;
  strange(session: Session, given: Strange): Promise<Strange>;
  deep(session: Session, given: deep.Thing): Promise<deep.Alias>;
  tinted(session: Session, given: Tinted, shout: Call, hands?: RequestHandlers): Promise<NumberOfDeal>;
  level(session: Session, level: Level): Promise<Level[]>;
  trade(session: Session, deal: Deal, cost: Cost): Promise<trade.Currency>;
  parameters(
    session: Session,
    value: string,
    wire: Date,
    at: number,
    refuse: string,
    args: string[],
    self: { self: string },
    json: string,
    caller?: string,
  ): Promise<void>;
  delete(session: Session, class_: string): Promise<Symbol>;
  call(session: Session): Promise<Response>;
  toString(session: Session): Promise<string>;
  readonly event: Push<Event>;
  readonly send: Push<string>;
}
