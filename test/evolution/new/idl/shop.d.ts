import type { Failure, Push, Session, uint8, uint16, uint32 } from "antwire/idl";

/** Added, removed, reordered and renamed fields. */
export interface Item {
  tags?: string[];
  /** In cents. */
  price: uint32;
  /** @was title */
  name: string;
  id: uint32;
}

/** @was Order */
export interface Purchase {
  by: Date;
  /** @was count */
  amount: uint16;
  item: uint32;
  wrap?: boolean | null;
}

export interface Voucher {
  code: string;
  kind: "voucher";
}

export interface Cash {
  coins: uint16[];
  kind: "cash";
}

export interface Card {
  kind: "card";
  number: string;
}

/** One more member, before the others. */
export type Payment = Voucher | Card | Cash;

/**
 * There is not enough left.
 * @was SoldOut
 */
export interface OutOfStock extends Failure {
  /** @was until */
  again: Date;
  left: uint8;
}

/**
 * The same shop under another name.
 * @was Shop
 */
export interface Store {
  /**
   * @was buy
   * @throws {OutOfStock}
   */
  order(session: Session, /** @was order */ purchase: Purchase, coupon?: string): Promise<Item>;
  browse(session: Session, shelf: string, page?: uint16): Promise<Item[]>;
  pay(session: Session, payment: Payment): Promise<string>;
  hint(session: Session, text: string): Promise<void>;
  /** @was sold */
  readonly offered: Push<Item>;
}
