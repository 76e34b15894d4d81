import { ts } from "ts-morph";
import type { Type } from "../model/type.js";
import { type Constraint, constrain } from "./constrain.js";
import type { ReadContext, Site } from "./read-context.js";
import { readType, refused } from "./read-type.js";

/** Reads `string & MaxLength<20>` and the like: one type, and brands of `antwire/idl`. */
export function readBranded(context: ReadContext, site: Site, type: ts.IntersectionType): Type {
  const constraints: Constraint[] = [];
  const rest: ts.Type[] = [];
  for (const part of type.types) {
    const brands = readBrands(context, part);
    if (brands) constraints.push(...brands);
    else rest.push(part);
  }
  const [base] = rest;
  if (!base || rest.length > 1) {
    context.report(
      site,
      "IDL1110",
      `${context.checker.typeToString(type)}: intersections are not supported yet`,
      "declare an interface that extends the others; antwire/idl's constraints may be added to one type",
    );
    return refused;
  }
  let read = readType(context, site, base);
  for (const constraint of constraints) read = constrain(context, site, read, constraint);
  return read;
}

/** The brands that an object type stands for; undefined if it is an ordinary type. */
function readBrands(context: ReadContext, type: ts.Type): Constraint[] | undefined {
  const properties = context.checker.getPropertiesOfType(type);
  if (!(type.flags & ts.TypeFlags.Object) || properties.length === 0) return undefined;
  const brands = properties.map((property) => readBrand(context, property));
  return brands.every((brand) => brand !== undefined) ? brands : undefined;
}

function readBrand(context: ReadContext, property: ts.Symbol): Constraint | undefined {
  const name = brandName(property);
  if (name === undefined) return undefined;
  const type = context.checker.getNonNullableType(context.checker.getTypeOfSymbol(property));
  if (!type.isStringLiteral() && !type.isNumberLiteral()) return undefined;
  return { name: name as Constraint["name"], value: type.value } as Constraint; // antwire/idl declares no others.
}

/** The symbol of `antwire/idl` that names a property: TypeScript escapes it as `__@name@number`. */
export function brandName(property: ts.Symbol): string | undefined {
  return /^__@(\w+)@\d+$/.exec(property.escapedName.toString())?.[1];
}
