import type { NumberFormat, Type } from "../model/type.js";
import { findSlowMatch } from "./pattern/find-slow-match.js";
import type { ReadContext, Site } from "./read-context.js";

/** What a brand of `antwire/idl` or a tag adds to a type. */
export type Constraint =
  | { readonly name: "format"; readonly value: NumberFormat | "int64" | "uint64" }
  | { readonly name: "minLength" | "maxLength" | "minItems" | "maxItems"; readonly value: number }
  | { readonly name: "minimum" | "maximum"; readonly value: number }
  | { readonly name: "pattern"; readonly value: string };

const kindOf = {
  format: "number",
  minLength: "string",
  maxLength: "string",
  pattern: "string",
  minimum: "number",
  maximum: "number",
  minItems: "array",
  maxItems: "array",
} as const;

/** The type with the constraint added. One that does not fit is reported. */
export function constrain(context: ReadContext, site: Site, type: Type, constraint: Constraint): Type {
  const { name } = constraint;
  if (type.kind === "nullable") {
    return { ...type, type: constrain(context, site, type.type, constraint) };
  }
  // `7 & uint8` is 7: the values say all.
  if (type.kind === "literals" && type.values.every((value) => typeof value === kindOf[name])) return type;
  const bigint = type.kind === "bigint" && name === "format";
  if (type.kind !== kindOf[name] && !bigint) {
    const what = { number: "numbers", string: "strings", array: "arrays" }[kindOf[name]];
    context.report(site, "IDL1402", `${name} is for ${what}`, `remove it, or make this one of ${what}`);
    return type;
  }
  const nonsense = findNonsense(constraint, type);
  if (nonsense !== undefined) {
    context.report(site, "IDL1404", nonsense, "correct the value");
    return type;
  }
  if (constraint.name === "pattern") reportSlowMatch(context, site, constraint.value);
  const { [name]: before }: { readonly [Name in Constraint["name"]]?: unknown } = type;
  return { ...type, [name]: stricter(constraint, before) } as Type; // The kinds were compared above.
}

function reportSlowMatch(context: ReadContext, site: Site, pattern: string): void {
  const slow = findSlowMatch(pattern);
  if (!slow) return;
  if (slow.kind === "unknown") {
    const hint = "write it without backreferences and lookbehinds, and with smaller counts";
    context.report(site, "IDL1405", "nothing shows that the pattern matches in linear time", hint);
    return;
  }
  const text = slow.pump.length > 20 ? `${slow.pump.slice(0, 20)}…` : slow.pump;
  const growth = slow.kind === "exponential" ? "exponential" : "more than linear";
  context.report(
    site,
    "IDL1405",
    `the pattern takes ${growth} time on a text that repeats ${JSON.stringify(text)}`,
    slow.unanchored
      ? "begin it with ^: a match that may begin anywhere is tried everywhere"
      : "let a text match in one way only: no two repetitions beside or inside each other take the same characters",
  );
}

/** Of two constraints of one kind both hold, so the stricter one says it all. */
function stricter({ name, value }: Constraint, before: unknown): Constraint["value"] {
  if (typeof value !== "number" || typeof before !== "number") return value;
  return name.startsWith("max") ? Math.min(value, before) : Math.max(value, before);
}

function findNonsense({ name, value }: Constraint, type: Type): string | undefined {
  switch (name) {
    case "format":
      return undefined;
    case "pattern":
      return findPatternError(value);
    case "minimum":
    case "maximum":
      return Number.isFinite(value)
        ? crossing(name, value, type, "minimum", "maximum")
        : `${name} is no number`;
    case "minLength":
    case "maxLength":
      return isCount(value) ? crossing(name, value, type, "minLength", "maxLength") : `${name} is no count`;
    case "minItems":
    case "maxItems":
      return isCount(value) ? crossing(name, value, type, "minItems", "maxItems") : `${name} is no count`;
  }
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function crossing(name: string, value: number, type: Type, low: string, high: string): string | undefined {
  const bounds: Record<string, unknown> = { ...type, [name]: value };
  const [from, to] = [bounds[low], bounds[high]];
  return typeof from === "number" && typeof to === "number" && from > to
    ? `${low} ${from} is above ${high} ${to}`
    : undefined;
}

function findPatternError(pattern: string): string | undefined {
  try {
    new RegExp(pattern, "u");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
