export * from "./parts/deal.js";
export type * from "./parts/price.js";
