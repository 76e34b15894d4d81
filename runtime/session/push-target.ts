import type { Session } from "./session.js";

/** How a module pushes: `push.entered.toGroup(room, member)`. Each throws `invalid-argument` where the value does not fit. */
export interface PushTarget<T> {
  to(session: Session, value: T): void;
  /** To all sessions bound to the user. */
  toUser(userId: string, value: T): void;
  /** To all sessions in the group. */
  toGroup(group: string, value: T): void;
  /** To all sessions. */
  toAll(value: T): void;
}
