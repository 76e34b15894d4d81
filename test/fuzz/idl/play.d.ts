import type {
  Failure,
  float32,
  int64,
  MaxItems,
  MaxLength,
  Pattern,
  Push,
  Session,
  UserSession,
  uint8,
  uint16,
  uint32,
} from "antwire/idl";

/** A circle. */
export interface Circle {
  kind: "circle";
  radius: float32;
}

/** Something with corners. */
export interface Corners {
  kind: "corners";
  at: [x: number, y: number][];
}

/** Something that holds others of its kind. */
export interface Branch {
  name: string & MaxLength<40>;
  branches: Branch[] & MaxItems<10>;
}

/** A value of many kinds. */
export interface Thing {
  name: string & Pattern<"^[a-z]+$">;
  small: uint8;
  large: int64;
  flag: boolean;
  at: Date;
  bytes: Uint8Array;
  record: Record<string, number>;
  map: Map<string, Date>;
  set: Set<uint16>;
  shape: Circle | Corners;
  loose: string | number | Uint8Array;
  both?: string | null;
  tree: Branch;
  anything: unknown;
}

/** Something said. */
export interface Line {
  from: string;
  text: string;
}

/** There is no place for it. */
export interface Full extends Failure {
  capacity: uint8;
}

/** What strangers do their worst to. */
export interface Play {
  /** Binds the session to a user of that name, and lets it hear what others say. */
  enter(session: Session, name: string & MaxLength<20>): Promise<string>;
  /** Gives the value back. @throws {Full} */
  echo(session: Session, thing: Thing): Promise<Thing>;
  /** Says something to all who have entered. */
  say(session: UserSession, text: string & MaxLength<200>, loudly?: boolean): Promise<void>;
  /** Nobody waits for an answer. */
  wave(session: Session, times: uint8): void;
  /** Remembers a number, and with it the 4,999 before. */
  note(session: Session, number: uint32): void;
  /** The numbers that it remembers, in the order in which they came; it forgets them then. */
  noted(session: Session): Promise<uint32[]>;
  /** Counts to a number. */
  count(session: Session, to: uint16): AsyncIterable<uint16>;
  /** Never ends by itself. */
  wait(session: Session): Promise<void>;
  /** Pushes so many lines, by all the ways that there are. */
  recite(session: UserSession, lines: uint8): Promise<void>;
  /** For other modules only. */
  hidden(text: string): Promise<string>;
  /** What somebody said. @replay */
  readonly said: Push<Line>;
  /** What somebody said last. @latest */
  readonly last: Push<Line>;
}
