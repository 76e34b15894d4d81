import type { Failure, Push, Session, uint8 } from "antwire/idl";

// Comments in every place where one can be about a declaration, also after something else on the same line.
export interface Full extends Failure { /** Seats. @maximum 9 */ capacity: uint8 }

/** Somebody. */ export interface Member { /** Shown to all. @maxLength 20 */ name: string; /** @was years */ age: uint8
  /** At the end of a line this is about nothing that follows. */
  tags: string[]; /** No tag is lost here. */
  seat: uint8 }

export type Named = Pick<Member, "name" | "age">;

export interface Room { /** Enters. @throws {Full} @timeout 5s */ enter(session: Session, /** @maxLength 9 */ room: string, as: Named): Promise<Member>; /** @was come */ readonly came: Push<Member> }
// name: string; /** @maxLength 20 */
