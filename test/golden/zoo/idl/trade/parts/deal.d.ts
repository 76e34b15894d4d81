import type { Animal } from "../../shared/index.js";
import type * as prices from "./price.js";

export type Id = number & { readonly __brand: "Deal" };
export type Painted = string & { readonly __brand: "Painted" };

export interface Deal {
  animal: Animal;
  price: prices.Price;
  currency: prices.Price["currency"];
}
