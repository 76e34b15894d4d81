export * from "./things.js";

/** Recursive through an alias. */
export type Kinds = { kind: "leaf"; value: string } | { kind: "branch"; left: Kinds; right: Kinds };
