export * from "./enums.js";
export * from "./kinds.js";
export type { Page as Sheet } from "../generics.js";
export * as cages from "./cages.js";
