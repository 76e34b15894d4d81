import { ts } from "ts-morph";
import type { LiteralValue } from "../model/type.js";
import type { ReadContext } from "./read-context.js";
import { literalValue } from "./read-type.js";
import { sortLiterals } from "./sort-literals.js";

/** The property that tells objects apart: required in each, with one or several literals of its own in each. */
export interface Discriminant {
  readonly name: string;
  readonly isEnum: boolean;
  /** In the order of the objects. */
  readonly tags: readonly (readonly LiteralValue[])[];
}

/** The first such property, in the order in which the first object declares them. */
export function findDiscriminant(
  context: ReadContext,
  objects: readonly ts.Type[],
): Discriminant | undefined {
  const first = objects[0];
  if (!first) return undefined;
  for (const { name } of context.checker.getPropertiesOfType(first)) {
    const properties = objects.map((object) => requiredProperty(context, object, name));
    const tags = properties.map((property) => property && tagsOf(context, property));
    if (!tags.every((values) => values !== undefined)) continue;
    // In JSON the text alone tells them apart.
    const texts = tags.flat().map(String);
    if (new Set(texts).size < texts.length) continue;
    return { name, isEnum: properties.some((property) => isOfEnum(context, property)), tags };
  }
  return undefined;
}

function requiredProperty(context: ReadContext, object: ts.Type, name: string): ts.Symbol | undefined {
  const property = context.checker.getPropertyOfType(object, name);
  return property && !(property.flags & ts.SymbolFlags.Optional) ? property : undefined;
}

/** The literals of a property, as they are listed where that can be seen: the first of them names the object. */
function tagsOf(context: ReadContext, property: ts.Symbol): readonly LiteralValue[] | undefined {
  const type = context.checker.getTypeOfSymbol(property);
  const values = literalsOf(context, type);
  if (!values.every((value) => value !== undefined)) return undefined;
  const { valueDeclaration: declaration } = property;
  const node = declaration && ts.isPropertySignature(declaration) ? declaration.type : undefined;
  const listed =
    node && ts.isUnionTypeNode(node)
      ? node.types.flatMap((one) => literalsOf(context, context.checker.getTypeFromTypeNode(one)))
      : [];
  const given = listed.filter((value) => value !== undefined && values.includes(value));
  const isWhole = listed.length === values.length && given.length === values.length;
  return isWhole ? listed.filter((value) => value !== undefined) : sortLiterals(values);
}

function literalsOf(context: ReadContext, type: ts.Type): (LiteralValue | undefined)[] {
  return type.isUnion() ? type.types.map((one) => literalValue(context, one)) : [literalValue(context, type)];
}

function isOfEnum(context: ReadContext, property: ts.Symbol | undefined): boolean {
  const type = property && context.checker.getTypeOfSymbol(property);
  const types = type?.isUnion() ? type.types : [type];
  return types.some((one) => one !== undefined && (one.flags & ts.TypeFlags.EnumLike) !== 0);
}
