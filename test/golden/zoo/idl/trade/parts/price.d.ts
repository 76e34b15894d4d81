export interface Price {
  amount: bigint;
  currency: Currency;
}

export type Currency = "ants" | "crumbs";
