import type { Type } from "../model/type.js";
import { type Constraint, constrain } from "./constrain.js";
import type { ReadContext, Site } from "./read-context.js";
import type { CompilerTag } from "./read-doc.js";

/** Adds what `@maxLength 20` and its like say to the type of a field or a parameter. */
export function readConstraintTags(
  context: ReadContext,
  site: Site,
  type: Type,
  tags: readonly CompilerTag[],
): Type {
  return tags.reduce((constrained, tag) => {
    if (tag.name === "was") return constrained;
    const constraint = readConstraint(tag);
    const place = { ...site, node: tag.node };
    if (constraint) return constrain(context, place, constrained, constraint);
    context.report(place, "IDL1404", `@${tag.name} needs a number`, `write it as \`@${tag.name} 20\``);
    return constrained;
  }, type);
}

function readConstraint({ name, text }: CompilerTag): Constraint | undefined {
  switch (name) {
    case "pattern":
      return text === "" ? undefined : { name, value: text };
    case "minLength":
    case "maxLength":
    case "minItems":
    case "maxItems":
    case "minimum":
    case "maximum":
      return /^-?\d+(\.\d+)?$/.test(text) ? { name, value: Number(text) } : undefined;
    default:
      return undefined;
  }
}
