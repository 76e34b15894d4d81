import type { Failure, Session, uint32, UserSession } from "antwire/idl";

/** There is not enough left. Try again later. */
export interface SoldOut extends Failure {
  left: uint32;
  /** When there will be more. */
  again?: Date;
}

export interface Closed extends Failure {}

/** A shop. */
export interface Shop {
  /**
   * Buys something.
   * @throws {SoldOut} when there is not enough
   * @throws {Closed}
   * @timeout 2s
   * @idempotent
   * @deprecated use the market
   */
  buy(session: UserSession, item: string, count: uint32): Promise<uint32>;
  /** @timeout 500ms */
  browse(session: Session): Promise<string[]>;
  /** Rings. */
  ring(session: Session): void;
  restock(item: string, count: uint32): void;
}
