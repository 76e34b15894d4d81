import type { ts } from "ts-morph";
import type { ReadContext } from "./read-context.js";

/**
 * The value of an enum's member. In a declaration file TypeScript calls a member without initialiser
 * "computed" and gives it none; it counts on all the same, as in any other enum. A member that TypeScript
 * cannot compute, or that cannot count on, it has reported itself.
 */
export function enumValue(context: ReadContext, member: ts.EnumMember): string | number {
  let next = 0;
  for (const one of member.parent.members) {
    const value = one.initializer ? (context.checker.getConstantValue(one) ?? 0) : next;
    if (one === member) return value;
    next = typeof value === "number" ? value + 1 : 0;
  }
  return next;
}
