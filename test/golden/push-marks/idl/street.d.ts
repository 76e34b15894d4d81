import type { Push, Session } from "antwire/idl";

/** Where a cart is. */
export interface Place {
  x: number;
  y: number;
}

/** A street with a market. */
export interface Street {
  /** Goes there. */
  visit(session: Session): Promise<void>;
  /**
   * Where the cart is now; only the newest is worth anything.
   * @latest
   */
  readonly moved: Push<Place>;
  /**
   * What somebody cried, which nobody wants to miss.
   * @replay
   */
  readonly cried: Push<string>;
  /**
   * What the board shows: nobody wants to miss the newest.
   * @latest
   * @replay
   */
  readonly shown: Push<string>;
  /** The bell, for those who are there. */
  readonly rang: Push<null>;
}
