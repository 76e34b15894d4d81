import { ts } from "ts-morph";
import type { Type } from "../model/type.js";
import { readBrands } from "./brands.js";
import { type Constraint, constrain } from "./constrain.js";
import type { ReadContext, Site } from "./read-context.js";
import { readObject } from "./read-object.js";
import { readType } from "./read-type.js";
import { refused } from "./refuse-type.js";
import { writeType } from "./write-type.js";

/**
 * Reads an intersection: a type with constraints of `antwire/idl`, a primitive with a brand of the user's
 * own, or objects that become one.
 */
export function readIntersection(context: ReadContext, site: Site, type: ts.IntersectionType): Type {
  const constraints: Constraint[] = [];
  const parts: ts.Type[] = [];
  for (const part of type.types) {
    const brands = readBrands(context, part);
    if (brands) constraints.push(...brands);
    else parts.push(part);
  }
  const read = readParts(context, site, type, parts);
  return constraints.reduce(
    (constrained, constraint) => constrain(context, site, constrained, constraint),
    read,
  );
}

function readParts(
  context: ReadContext,
  site: Site,
  type: ts.IntersectionType,
  parts: readonly ts.Type[],
): Type {
  const [first, ...rest] = parts;
  if (first && rest.length === 0) return readType(context, site, first);
  const values = parts.filter((part) => !(part.flags & ts.TypeFlags.Object));
  const [value] = values;
  if (!value && parts.every((part) => isInterface(context, part))) return readObject(context, site, type);
  if (value && values.length === 1 && !(value.flags & ts.TypeFlags.Unknown)) {
    const branded = readType(context, site, value);
    const written = writeType(context, type) ?? [context.checker.typeToString(type)];
    return { ...branded, written, asserted: true };
  }
  context.report(
    site,
    "IDL1117",
    `no value is all of ${context.checker.typeToString(type)}`,
    "intersect objects with objects, or add a brand or constraints to one type",
  );
  return refused;
}

function isInterface(context: ReadContext, type: ts.Type): boolean {
  return !context.checker.isArrayType(type) && !context.checker.isTupleType(type);
}
