import type { Push, UserSession } from "antwire/idl";

/** Something that somebody said. */
export interface Line {
  room: string;
  /** The name of who said it. */
  from: string;
  text: string;
  at: Date;
}

/** Rooms to talk in. Everybody who entered is in the room "lobby". */
export interface Chat {
  /** Enters a room and returns its last 50 lines. A session is in 16 rooms at most. */
  join(session: UserSession, /** @minLength 1 @maxLength 40 */ room: string): Promise<Line[]>;
  /** Says something in a room; `permission-denied` in one that was not joined. */
  say(
    session: UserSession,
    /** @maxLength 40 */ room: string,
    /** @minLength 1 @maxLength 500 */ text: string,
  ): Promise<void>;
  /** Pushed to everybody in the room. */
  readonly said: Push<Line>;
}
