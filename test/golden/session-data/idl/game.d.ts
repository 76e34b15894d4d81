import type { MaxLength, Push, Session, SessionData, uint16, UserSession } from "antwire/idl";

/** What a player has on. */
export interface Outfit {
  hat?: string & MaxLength<20>;
}

/** What a session carries from module to module. */
export interface PlayerData extends SessionData {
  name: string & MaxLength<20>;
  level: uint16;
  outfit: Outfit;
}

/** A game whose sessions carry what players are. */
export interface Game1 {
  /** Enters. */
  enter(session: Session, name: string & MaxLength<20>): Promise<PlayerData>;
  /** Wins a level. */
  win(session: UserSession): Promise<uint16>;
  /** For other modules. */
  top(): Promise<string[]>;
  /** Pushed to those who won. */
  readonly won: Push<uint16>;
}
