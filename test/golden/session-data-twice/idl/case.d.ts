import type { Session, SessionData } from "antwire/idl";

/** Sessions carry this. */
export interface PlayerData extends SessionData {
  level: number;
}

/** And this. */
export interface GuestData extends SessionData {
  since: Date;
}

/** A module begins with a name that the framework keeps for itself. */
export interface AntwireThing {
  look(session: Session): Promise<void>;
}
