import type { MaxLength, Minimum, Session } from "antwire/idl";

/** @maxLength 20 */
export interface Tagged {
  /** @maxLenght 20 */
  typo: string;
  /** @maxLength 20 */
  number: number;
  /** @minimum 1 */
  text: string;
  /** @maxItems 3 */
  notArray: string;
  /** @maxLength many */
  many: string;
  /** @minLength 5 @maxLength 4 */
  crossed: string;
  /** @pattern ( */
  pattern: string;
  /** @minItems -1 */
  negative: string[];
  /** @frobnicate */
  unknown: string;
  branded: number & MaxLength<3>;
  brandedText: string & Minimum<3>;
  /** @timeout 5s */
  timeout: string;
  /** @see Tagged, @deprecated and the rest of TSDoc pass. */
  fine: string;
}

export interface Tags {
  /** @timeout soon */
  slow(session: Session, tagged: Tagged): Promise<void>;
  /** @minLength 3 */
  misplaced(session: Session): Promise<void>;
}
