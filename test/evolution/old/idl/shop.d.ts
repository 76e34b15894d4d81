import type { Failure, Push, Session, uint8, uint16, uint32 } from "antwire/idl";

export interface Item {
  id: uint32;
  title: string;
  /** In cents. */
  price: uint32;
  note?: string;
}

export interface Order {
  item: uint32;
  count: uint8;
  gift?: string | null;
  by: Date;
}

export interface Cash {
  kind: "cash";
  coins: uint16[];
}

export interface Card {
  kind: "card";
  number: string;
}

export type Payment = Cash | Card;

/** There is not enough left. */
export interface SoldOut extends Failure {
  left: uint16;
  until: Date;
}

/** A shop as the first clients know it. */
export interface Shop {
  /** @throws {SoldOut} */
  buy(session: Session, order: Order): Promise<Item>;
  browse(session: Session, shelf: string): Promise<Item[]>;
  pay(session: Session, payment: Payment): Promise<string>;
  hint(session: Session, text: string): void;
  readonly sold: Push<Item>;
}
