import type { Session } from "antwire/idl";

/** @maxLength 20 */
export type Name = string;

/** @maxItems 20 */
export type Names = Name[];

export interface Member { /** @minLength 1 */
  after: string; /** @maxLength 20 */
  /** @minLength 1 */ /** Only the last one counts. */
  twice: string;
  tuple: [/** @maxLength 20 */ text: string, n: number /** @minimum 1 @maximum 9 */];
  /** @maxItems 3 */
}

export interface Room {
  enter(session: Session, member: Member /** @was somebody */): Promise</** @maxItems 50 */ Names>;
}
/** @was Chamber */
