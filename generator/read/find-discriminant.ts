import { ts } from "ts-morph";
import type { LiteralValue } from "../model/type.js";
import type { ReadContext } from "./read-context.js";
import { literalValue } from "./read-type.js";

/** The property that tells objects apart: required in each, with a literal of its own in each. */
export interface Discriminant {
  readonly name: string;
  readonly isEnum: boolean;
  /** In the order of the objects. */
  readonly tags: readonly LiteralValue[];
}

/** The first such property, in the order in which the first object declares them. */
export function findDiscriminant(
  context: ReadContext,
  objects: readonly ts.Type[],
): Discriminant | undefined {
  const first = objects[0];
  if (!first) return undefined;
  for (const { name } of context.checker.getPropertiesOfType(first)) {
    const types = objects.map((object) => requiredType(context, object, name));
    const tags = types.map((type) => type && literalValue(type));
    if (!tags.every((tag) => tag !== undefined) || new Set(tags.map(String)).size < tags.length) continue;
    const isEnum = types.some((type) => type !== undefined && (type.flags & ts.TypeFlags.EnumLiteral) !== 0);
    return { name, isEnum, tags };
  }
  return undefined;
}

function requiredType(context: ReadContext, object: ts.Type, name: string): ts.Type | undefined {
  const property = context.checker.getPropertyOfType(object, name);
  if (!property || property.flags & ts.SymbolFlags.Optional) return undefined;
  return context.checker.getTypeOfSymbol(property);
}
