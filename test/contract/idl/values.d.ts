import type { float32, int64, Session, uint8, uint32, uint64 } from "antwire/idl";

/** A circle. */
export interface Circle {
  kind: "circle";
  radius: number;
}

/** A square. */
export interface Square {
  kind: "square";
  side: number;
}

/** A declared enum of numbers. */
export declare enum Level {
  Low,
  High = 7,
}

/** Something that holds others of its kind. */
export interface Branch {
  name: string;
  branches: Branch[];
}

/** A value of every kind that the IDL knows. */
export interface Everything {
  text: string;
  number: number;
  small: uint8;
  rounded: float32;
  flag: boolean;
  nothing: null;
  literal: "a" | "b" | 3;
  level: Level;
  signed: int64;
  unsigned: uint64;
  at: Date;
  bytes: Uint8Array;
  list: string[];
  pair: [name: string, count: uint32];
  tail: [first: string, second?: number, ...rest: number[]];
  record: Record<string, number>;
  map: Map<string, Date>;
  set: Set<uint32>;
  shape: Circle | Square;
  byType: string | number | Date | Uint8Array;
  absent?: string;
  nullable: string | null;
  both?: string | null;
  tree: Branch;
  branded: string & { __brand: "id" };
  anything: unknown;
}

/** Gives values back. */
export interface Values {
  same(session: Session, value: Everything): Promise<Everything>;
  /** What the value looks like to the callee. */
  look(session: Session, value: Everything): Promise<string>;
  bytes(session: Session, bytes: Uint8Array): Promise<Uint8Array>;
  text(session: Session, text: string): Promise<string>;
  /** Keeps the very object that it got. */
  keep(session: Session, value: Everything): Promise<void>;
  /** Gives the very object that it keeps. */
  kept(session: Session): Promise<Everything>;
  /** Changes what it keeps, wherever that can be changed. */
  change(session: Session): Promise<void>;
  /** Gives bytes that it changes as soon as it has returned. */
  fleeting(session: Session): Promise<Uint8Array>;
}
