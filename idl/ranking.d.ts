import type { Session, uint8, uint32 } from "antwire/idl";

/** A place in the ranking. */
export interface Score {
  name: string;
  points: uint32;
}

/** Who gathered the most. */
export interface Ranking {
  /** The best players, best first. */
  top(session: Session, /** @minimum 1 @maximum 100 */ count: uint8): Promise<Score[]>;
  /** Adds to what a user gathered. The arena reports it. */
  record(userId: string, points: uint32): Promise<void>;
}
