import { RpcError } from "../../runtime/index.js";
import * as now from "./new/generated/server.js";
import * as old from "./old/generated/server.js";

/** The shop, as a handler of either version sees what it is asked. */
export interface Journal {
  readonly orders: unknown[];
  readonly payments: unknown[];
  readonly hints: string[];
  readonly pages: unknown[];
}

export function createJournal(): Journal {
  return { orders: [], payments: [], hints: [], pages: [] };
}

export const soldUntil = new Date("2026-05-01T12:00:00Z");

/** The application of the first version. */
export function oldShop(journal: Journal) {
  const shop = old.defineShop(({ push }) => ({
    buy(_session, order) {
      journal.orders.push(order);
      if (order.count > 100) throw new old.SoldOut({ left: 7, until: soldUntil });
      const item = { id: order.item, title: "Old lamp", price: 1999, note: "as is" };
      push.sold.toAll(item);
      return item;
    },
    browse: (_session, shelf) => [{ id: 1, title: shelf, price: 5 }],
    pay(_session, payment) {
      journal.payments.push(payment);
      return payment.kind;
    },
    hint(_session, text) {
      journal.hints.push(text);
    },
  }));
  return old.defineConfig({ modules: { shop: async () => ({ default: shop }) } });
}

/** The application after all the edits. */
export function newStore(journal: Journal) {
  const store = now.defineStore(({ push }) => ({
    order(_session, purchase, coupon) {
      journal.orders.push(coupon === undefined ? purchase : { ...purchase, coupon });
      if (purchase.amount > 100) throw new now.OutOfStock({ left: 7, again: soldUntil });
      const item = { id: purchase.item, name: "New lamp", price: 1999, tags: ["bright"] };
      push.offered.toAll(item);
      return item;
    },
    browse(_session, shelf, page) {
      journal.pages.push(page);
      return [{ id: 1, name: shelf, price: 5 }];
    },
    pay(_session, payment) {
      journal.payments.push(payment);
      return payment.kind;
    },
    hint(_session, text) {
      journal.hints.push(text);
      if (text === "fail") throw new RpcError("not-found", "There is no such thing");
    },
  }));
  return now.defineConfig({ modules: { store: async () => ({ default: store }) } });
}
