import type { Failure, Session, uint16 } from "antwire/idl";

/** Somebody who plays. */
export interface Player {
  userId: string;
  name: string;
  /** The colour of the ant: degrees on the colour wheel. */
  hue: uint16;
}

/** Another player goes by that name. */
export interface NameTaken extends Failure {
  /** The name as the other player writes it. */
  taken: string;
}

/** Who is who. */
export interface Login {
  /**
   * Names the player and binds the session to a new user. Called again, it renames the player.
   * @throws {NameTaken}
   */
  enter(session: Session, /** @minLength 1 @maxLength 20 */ name: string): Promise<Player>;
  /** The name of a user who plays. */
  getName(userId: string): Promise<string>;
}
