import type { Failure, Push, Session } from "antwire/idl";
import type { Item as AnotherItem } from "./another.js";
import type { Error as Fault, Map as TileMap, Promise as Vow } from "./globals.js";
import type { Item } from "./other.js";

export interface Promise_ {
  __proto__: string;
}

export interface Uint8Array_ {
  a: string;
}

export interface DeclaredFailure {
  a: string;
}

export interface NotFound extends Failure {
  message: string;
  code: string;
}

interface CopyThing {
  a: string;
}

interface ThingCodec {
  a: string;
}

interface Local {
  a: string;
  valueOf?: string;
}

declare namespace inner {
  export interface Item {
    b: string;
  }
}

/** Reserved for the framework. */
export interface Antwire {
  hello(session: Session): Promise<void>;
}

/** Differs by case only. */
export interface CHATS {
  hello(session: Session): Promise<void>;
}

export interface Chats {
  then(session: Session): Promise<void>;
  constructor(session: Session): Promise<void>;
  "with space"(session: Session): Promise<void>;
  "a/b"(session: Session): Promise<void>;
  readonly "plus+": Push<string>;
  words(session: Session, options: string, session_: string, delete_: string): Promise<void>;
  /** @throws {NotFound} */
  find(session: Session, first: Promise_, second: DeclaredFailure): Promise<Local>;
  items(session: Session, one: Item, two: inner.Item): Promise<void>;
  twice(session: Session, one: Item, two: AnotherItem): Promise<void>;
  globals(session: Session, map: TileMap, fault: Fault, vow: Vow): Promise<void>;
  contract(session: Session): Promise<void>;
  codecs(session: Session, one: CopyThing, two: ThingCodec): Promise<void>;
  takes(session: Session, one: string): Promise<string[]>;
  /** The generator would make the name of the type below. */
  gives(session: Session, one: ChatsTakesArguments, two: ChatsTakesResult): Promise<void>;
}

export interface ChatsTakesArguments {
  a: string;
}

export interface ChatsTakesResult {
  a: string;
}

interface IsLocal {
  a: string;
}

interface LocalCodec {
  a: string;
}

export interface Guards {
  check(session: Session, one: IsLocal, two: LocalCodec): Promise<void>;
}
