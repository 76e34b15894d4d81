import type { Failure, Push, Session } from "antwire/idl";

export interface Plain {
  text: string;
}

/** Each member is wrong in a way of its own. */
export interface Members {
  (): void;
  new (): Members;
  [name: string]: unknown;
  data: string;
  handler: (session: Session) => void;
  maybe?(session: Session): void;
  /** @throws {Gone} */
  oneway(session: Session): void;
  /** @throws {Plain} @throws Gone @throws {Nowhere} */
  throwing(session: Session): Promise<void>;
  plain(session: Session): string;
  number(session: Session): Promise<string> | string;
  overloaded(session: Session, a: string): Promise<void>;
  overloaded(session: Session, a: number): Promise<void>;
  rest(session: Session, ...names: string[]): Promise<void>;
  destructured(session: Session, { text }: Plain): Promise<void>;
  second(text: string, session: Session): Promise<void>;
  optional(session?: Session): Promise<void>;
  callback(session: Session, done: (text: string) => void): Promise<void>;
  ok(session: Session): Promise<void>;
  readonly pushed: Push<any>;
}

export interface Generic<T> {
  get(session: Session): Promise<void>;
  put(session: Session, value: T): Promise<void>;
}

export interface Gone extends Failure {}
