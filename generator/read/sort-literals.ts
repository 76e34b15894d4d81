import type { LiteralValue } from "../model/type.js";

/** Values in a stable order: TypeScript orders them by when it first saw them, which an edit elsewhere can change. */
export function sortLiterals(values: Iterable<LiteralValue>): LiteralValue[] {
  const rank = (value: LiteralValue) => `${typeof value} ${typeof value === "number" ? "" : value}`;
  return [...values].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : rank(a) < rank(b) ? -1 : 1,
  );
}
