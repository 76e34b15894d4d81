import { ts } from "ts-morph";
import type { Constraint } from "./constrain.js";
import type { ReadContext } from "./read-context.js";

/** The constraints that an object type of `antwire/idl` stands for; undefined if it is an ordinary type. */
export function readBrands(context: ReadContext, type: ts.Type): Constraint[] | undefined {
  const properties = context.checker.getPropertiesOfType(type);
  if (!(type.flags & ts.TypeFlags.Object) || properties.length === 0) return undefined;
  const constraints: Constraint[] = [];
  for (const property of properties) {
    const brand = readBrand(context, property);
    if (brand === undefined) return undefined;
    constraints.push(...brand);
  }
  return constraints;
}

/** A brand's values are the names of its properties, beside the one that all brands have. */
function readBrand(context: ReadContext, property: ts.Symbol): Constraint[] | undefined {
  const name = brandName(property);
  if (name === undefined) return undefined;
  const brand = context.checker.getNonNullableType(context.checker.getTypeOfSymbol(property));
  const values = context.checker.getPropertiesOfType(brand).map((value) => value.name);
  if (!values.includes("is")) return undefined;
  return values
    .filter((value) => value !== "is")
    .map((value) => {
      const isText = name === "format" || name === "pattern";
      return { name, value: isText ? value : Number(value) } as Constraint; // antwire/idl declares no others.
    });
}

/** The symbol of `antwire/idl` that names a property: TypeScript escapes it as `__@name@number`. */
export function brandName(property: ts.Symbol): string | undefined {
  return /^__@(\w+)@\d+$/.exec(property.escapedName.toString())?.[1];
}
