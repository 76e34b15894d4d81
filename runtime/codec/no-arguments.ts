import type { Codec } from "./codec.js";
import { refuse } from "./refusal.js";

function take(args: unknown): [] {
  // A longer tail comes from clients that know parameters that came later.
  if (!Array.isArray(args)) refuse(null, "an array of arguments", args);
  return [];
}

/** The codec of the arguments of a method that has none. */
export const noArguments: Codec<[]> = { write: take, read: take, copy: take };
