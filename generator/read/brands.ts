import { ts } from "ts-morph";
import type { Constraint } from "./constrain.js";
import type { ReadContext } from "./read-context.js";

/** The constraints that an object type of `antwire/idl` stands for; undefined if it is an ordinary type. */
export function readBrands(context: ReadContext, type: ts.Type): Constraint[] | undefined {
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
  return { name, value: type.value } as Constraint; // antwire/idl declares no others.
}

/** The symbol of `antwire/idl` that names a property: TypeScript escapes it as `__@name@number`. */
export function brandName(property: ts.Symbol): string | undefined {
  return /^__@(\w+)@\d+$/.exec(property.escapedName.toString())?.[1];
}
