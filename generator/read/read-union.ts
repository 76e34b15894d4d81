import { ts } from "ts-morph";
import type { UnionMember } from "../model/declaration.js";
import { noDoc } from "../model/doc.js";
import type { LiteralValue, Type } from "../model/type.js";
import type { ReadContext, Site } from "./read-context.js";
import { enumMember } from "./read-enum.js";
import { aliasOf, below, literalValue, readType, refused } from "./read-type.js";

/** Reads a union: `T | null`, literals, or objects that one property tells apart. */
export function readUnion(context: ReadContext, site: Site, union: ts.UnionType): Type {
  const has = (flag: ts.TypeFlags) => union.types.some((type) => type.flags & flag);
  if (has(ts.TypeFlags.Undefined) && !site.optional) {
    context.report(
      site,
      "IDL1107",
      "`undefined` is no value on the wire",
      "write `name?: T` for what may be absent, or `T | null`",
    );
    return refused;
  }
  if (!has(ts.TypeFlags.Undefined | ts.TypeFlags.Null)) return readMembers(context, site, union);
  const present = context.checker.getNonNullableType(union);
  if (present.flags & ts.TypeFlags.Never) return { kind: "null" };
  const read = readType(context, site, present);
  if (!has(ts.TypeFlags.Null) || read.kind === "nullable" || read.kind === "null") return read;
  return { kind: "nullable", type: read };
}

function readMembers(context: ReadContext, site: Site, union: ts.UnionType): Type {
  const members = union.types;
  const literals = members.map(literalValue);
  if (literals.every((value) => value !== undefined)) {
    const enumMembers = members.map((type) => enumMember(context, type)).filter((name) => name !== undefined);
    const values = sortLiterals(literals);
    return enumMembers.length === 0
      ? { kind: "literals", values }
      : { kind: "literals", values, enumMembers };
  }
  const objects = members.filter((type) => isPlainObject(context, type));
  if (objects.length < members.length) {
    context.report(
      site,
      "IDL1110",
      `${context.checker.typeToString(union)}: only literals and objects are supported as members of a union yet`,
      "make each member an interface with a property such as `kind` that tells them apart",
    );
    return refused;
  }
  return readDiscriminated(context, site, union, objects);
}

/** TypeScript orders members by when it first saw them, which an edit elsewhere can change. */
function sortLiterals(values: readonly LiteralValue[]): LiteralValue[] {
  const rank = (value: LiteralValue) => `${typeof value} ${typeof value === "number" ? "" : value}`;
  return [...values].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : rank(a) < rank(b) ? -1 : 1,
  );
}

function isPlainObject(context: ReadContext, type: ts.Type): boolean {
  const { checker } = context;
  return (
    (type.flags & ts.TypeFlags.Object) !== 0 &&
    !checker.isArrayType(type) &&
    !checker.isTupleType(type) &&
    checker.getPropertiesOfType(type).length > 0 &&
    type.getCallSignatures().length === 0
  );
}

interface Discriminant {
  readonly name: string;
  readonly isEnum: boolean;
  readonly tags: readonly LiteralValue[];
}

function readDiscriminated(
  context: ReadContext,
  site: Site,
  union: ts.UnionType,
  objects: readonly ts.Type[],
): Type {
  const known = context.names.get(union);
  if (known !== undefined) return { kind: "ref", name: known };
  const discriminant = findDiscriminant(context, objects);
  if (!discriminant) {
    context.report(
      site,
      "IDL1108",
      `nothing tells the members of ${context.checker.typeToString(union)} apart`,
      'give each a required property of one name with a literal of its own, such as `kind: "circle"`',
    );
    return refused;
  }
  const importName = aliasOf(context, union);
  const declaration = union.aliasSymbol?.declarations?.[0];
  const name = importName?.name ?? site.anonymousName;
  const file = importName?.file ?? site.file;
  context.names.set(union, name);
  const members: UnionMember[] = [];
  objects.forEach((object, index) => {
    const tag = discriminant.tags[index];
    if (tag === undefined) return;
    const place = {
      ...below(site, `<${tag}>`, ""),
      anonymousName: `${name}${capitalise(String(tag))}`,
      file,
    };
    const read = readType(context, place, object);
    if (read.kind === "ref") members.push({ tag, type: read.name, position: index });
  });
  const node = importName && declaration ? declaration : site.node;
  context.declarations.push({
    name,
    file,
    importName,
    definition: {
      kind: "union",
      discriminant: discriminant.name,
      discriminantIsEnum: discriminant.isEnum,
      members: inSourceOrder(union, members, objects, context),
    },
    failure: false,
    doc: noDoc,
    at: context.locate(node),
  });
  return { kind: "ref", name };
}

function findDiscriminant(context: ReadContext, objects: readonly ts.Type[]): Discriminant | undefined {
  const first = objects[0];
  if (!first) return undefined;
  for (const property of context.checker.getPropertiesOfType(first)) {
    const types = objects.map((object) => requiredLiteral(context, object, property.name));
    const tags = types.map((type) => type && literalValue(type));
    if (tags.every((tag) => tag !== undefined) && new Set(tags).size === tags.length) {
      const isEnum = types.some(
        (type) => type !== undefined && (type.flags & ts.TypeFlags.EnumLiteral) !== 0,
      );
      return { name: property.name, isEnum, tags };
    }
  }
  return undefined;
}

function requiredLiteral(context: ReadContext, object: ts.Type, name: string): ts.Type | undefined {
  const property = context.checker.getPropertyOfType(object, name);
  if (!property || property.flags & ts.SymbolFlags.Optional) return undefined;
  return context.checker.getTypeOfSymbol(property);
}

/** Members in the order in which the alias lists them; the rest, by their tags. */
function inSourceOrder(
  union: ts.UnionType,
  members: readonly UnionMember[],
  objects: readonly ts.Type[],
  context: ReadContext,
): UnionMember[] {
  const declaration = union.aliasSymbol?.declarations?.[0];
  const listed =
    declaration && ts.isTypeAliasDeclaration(declaration) && ts.isUnionTypeNode(declaration.type)
      ? declaration.type.types.map((node) => context.checker.getTypeFromTypeNode(node))
      : [];
  const rank = (member: UnionMember) => {
    const object = objects[member.position];
    const index = object ? listed.indexOf(object) : -1;
    return index < 0 ? listed.length : index;
  };
  return [...members]
    .sort((a, b) => rank(a) - rank(b) || (String(a.tag) < String(b.tag) ? -1 : 1))
    .map((member, position) => ({ ...member, position }));
}

function capitalise(text: string): string {
  const word = text.replace(/[^A-Za-z0-9]+/g, "");
  return word.charAt(0).toUpperCase() + word.slice(1);
}
