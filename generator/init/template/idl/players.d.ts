import type { Failure, MaxLength, Pattern, Push, Session } from "antwire/idl";

/** Somebody who plays. */
export interface Player {
  name: string;
  /** A hue from 0 to 359. */
  hue: number;
}

/** Somebody else goes by that name. */
export interface NameTaken extends Failure {
  wanted: string;
}

/** Who plays. */
export interface Players {
  /** Enters the game. Everybody may call it, as its session is not a `UserSession`. @throws {NameTaken} */
  enter(session: Session, name: string & MaxLength<16> & Pattern<"^\\S">): Promise<Player>;
  /** Everybody who is here. */
  list(session: Session): Promise<Player[]>;
  /** For other modules: without a session no client can reach it. */
  find(userId: string): Promise<Player>;
  /** Everybody who is here, whenever somebody comes or goes. */
  readonly changed: Push<Player[]>;
}
