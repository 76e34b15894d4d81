import type { LiteralValue } from "../model/type.js";
import type { Shape } from "./shape.js";

/**
 * The fields of a type, or the keys of its members, each at its place on the wire. A place whose field was
 * removed stays empty (null), because shipped clients still read by position.
 */
export type Places = readonly (LiteralValue | null)[];

/** What `antwire.lock.json` remembers. */
export interface Lock {
  readonly version: 1;
  /** By the names of types on the wire. */
  readonly types: Readonly<Record<string, Places>>;
  /** What clients have that are out already; undefined in a lock of the time before it was kept. */
  readonly shipped?: Shape;
  /** Breaks of the past that somebody accepted, oldest first: for people to read. */
  readonly decisions?: readonly string[];
  /** Breaks that are accepted while others of the same edit are not: `shipped` waits for those. */
  readonly accepted?: readonly string[];
}

export const emptyLock: Lock = { version: 1, types: {}, shipped: { methods: {}, pushes: {}, types: {} } };
