import type { Failure, MaxLength, Session, UserSession, uint8, uint32 } from "antwire/idl";

/** It holds no more. */
export interface Full extends Failure {
  capacity: uint32;
  since: Date;
  names: string[];
}

/** It is not open. */
export interface Closed extends Failure {
  reason?: string;
}

/** What became of a handler. */
export type Fate = "unknown" | "running" | "done" | "cancelled" | "deadline-exceeded" | "unavailable";

/** How far a stream has come. */
export interface Progress {
  made: uint32;
  fate: Fate;
}

/** Does what it is told, and remembers it by name. */
export interface Work {
  add(session: Session, a: number, b: number): Promise<number>;
  /** Works for so long, unless its signal aborts. */
  wait(session: Session, name: string, milliseconds: uint32): Promise<string>;
  /** What became of the `wait` or the stream of that name. */
  fate(session: Session, name: string): Promise<Fate>;
  /** Works for longer than it may. @timeout 300ms */
  linger(session: Session, name: string): Promise<void>;
  /** Ends with an error of that code. */
  fail(session: Session, code: string, message: string): Promise<void>;
  /** @throws {Full} @throws {Closed} */
  refuse(session: Session, how: "full" | "closed" | "closed for a reason"): Promise<void>;
  /** Throws a failure that it does not declare. */
  refuseSilently(session: Session): Promise<void>;
  /** Throws what is no error of a call. */
  crash(session: Session): Promise<void>;
  /** Returns what does not fit. */
  misfit(session: Session): Promise<uint8>;
  name(session: Session, name: string & MaxLength<5>): Promise<string>;
  own(session: UserSession): Promise<string>;
  note(session: Session, line: string): void;
  /** Fails, and nobody hears it. */
  noteBadly(session: Session, line: string): void;
  /** The same as `note`, with an answer. */
  write(session: Session, line: string): Promise<void>;
  notes(session: Session): Promise<string[]>;
  /** Counts to a number, or for ever if that is 0. */
  count(session: Session, name: string, to: uint32): AsyncIterable<uint32>;
  /** How far the `count` of that name has come. */
  progress(session: Session, name: string): Promise<Progress>;
  /** Counts to a number, and fails there. @throws {Full} */
  countToFailure(session: Session, to: uint32): AsyncIterable<uint32>;
  /** Counts until an item does not fit. */
  countTooFar(session: Session, name: string): AsyncIterable<uint8>;
  /** The node that it runs on. */
  node(session: Session): Promise<string>;
  /** What time its caller leaves it, in milliseconds. */
  budget(): Promise<number>;
  /** The trace that it belongs to, and the session that is behind it. */
  origin(): Promise<string>;
  /** Ends the thread that it runs on. */
  exit(session: Session): Promise<void>;
}

/** Calls `Work`. */
export interface Relay {
  /** What time it has, and what its own call has some time later. @timeout 2s */
  budgets(session: Session): Promise<number[]>;
  /** The traces and sessions of a call and of one made in it. */
  origins(session: Session): Promise<string[]>;
  wait(session: Session, name: string, milliseconds: uint32): Promise<string>;
  /** Passes the failure on. @throws {Full} */
  refuse(session: Session): Promise<void>;
  /** Does not declare the failure. */
  refuseSilently(session: Session): Promise<void>;
  /** Ends with what `Work.fail` ends with. */
  fail(session: Session, code: string): Promise<void>;
  count(session: Session, name: string, to: uint32): AsyncIterable<uint32>;
}

/** Runs nowhere. */
export interface Absent {
  call(session: Session): Promise<void>;
  stream(session: Session): AsyncIterable<uint32>;
  /** @idempotent */
  again(session: Session): Promise<void>;
}

/** Stands for whoever calls, in a process without clients. */
export interface Desk {
  open(): Promise<void>;
}
