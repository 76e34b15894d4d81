import type { LiteralValue } from "../model/type.js";

/**
 * What `antwire.lock.json` remembers of a type: its fields, or the tags of its members, each at its place
 * on the wire. A place whose field was removed stays empty (null), because shipped clients still read by
 * position.
 */
export interface Lock {
  readonly version: 1;
  readonly types: Readonly<Record<string, readonly (LiteralValue | null)[]>>;
}

export const emptyLock: Lock = { version: 1, types: {} };
