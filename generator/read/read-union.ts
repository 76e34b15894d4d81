import { ts } from "ts-morph";
import type { UnionMember, ValueKind } from "../model/declaration.js";
import type { LiteralValue, Type } from "../model/type.js";
import { type Discriminant, findDiscriminant } from "./find-discriminant.js";
import { nameObject } from "./name-object.js";
import type { ReadContext, Site } from "./read-context.js";
import { declareEnum } from "./read-enum.js";
import { isEndless, readObject } from "./read-object.js";
import { isTemplate, readTemplates } from "./read-template.js";
import { below, literalValue, readType } from "./read-type.js";
import { refused, refuseType } from "./refuse-type.js";
import { sortLiterals } from "./sort-literals.js";
import { writeType } from "./write-type.js";

/** Reads a union: `T | null`, literals, or members that differ as JavaScript values. */
export function readUnion(context: ReadContext, site: Site, union: ts.UnionType): Type {
  const has = (flag: ts.TypeFlags) => union.types.some((type) => type.flags & flag);
  const absent = union.types.find((type) => type.flags & ts.TypeFlags.Undefined);
  if (absent && !site.optional) return refuseType(context, site, absent);
  const alias = absent && aliasInside(union);
  if (alias) return readType(context, site, alias);
  if (!absent && !has(ts.TypeFlags.Null)) return readMembers(context, site, union);
  const present = context.checker.getNonNullableType(union);
  if (present.flags & ts.TypeFlags.Never) return { kind: "null" };
  const read = readPresent(context, site, present, union);
  if (!has(ts.TypeFlags.Null) || ["nullable", "null", "unknown"].includes(read.kind)) return read;
  return { kind: "nullable", type: read };
}

/** The one named type that `undefined` was added to: TypeScript remembers of which unions it made a union. */
function aliasInside(union: ts.UnionType): ts.Type | undefined {
  const { origin } = union as ts.UnionType & { readonly origin?: ts.Type }; // Declared as internal only.
  const parts = origin?.isUnion()
    ? origin.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined))
    : [];
  return parts.length === 1 && parts[0]?.aliasSymbol ? parts[0] : undefined;
}

/** Reads what is left without null; the alias of both, such as `type Found = Item | null`, is its name. */
function readPresent(context: ReadContext, site: Site, present: ts.Type, whole: ts.UnionType): Type {
  const { aliasSymbol, flags, symbol } = present;
  const isNamed = aliasSymbol || !whole.aliasSymbol;
  if (isNamed || flags & (ts.TypeFlags.EnumLike | ts.TypeFlags.Boolean))
    return readType(context, site, present);
  if (present.isUnion()) return readMembers(context, site, present, whole);
  const isLiteral = flags & ts.TypeFlags.Object && symbol?.flags & ts.SymbolFlags.TypeLiteral;
  return isLiteral ? readObject(context, site, present, whole) : readType(context, site, present);
}

function readMembers(
  context: ReadContext,
  site: Site,
  union: ts.UnionType,
  whole: ts.UnionType = union,
): Type {
  const literals = new Set<LiteralValue>();
  const others: ts.Type[] = [];
  const ofEnums = new Set<string>();
  for (const type of union.types) {
    const value = literalValue(context, type);
    if (value === undefined) others.push(type);
    else literals.add(value);
    const name = type.flags & ts.TypeFlags.EnumLike ? declareEnum(context, site, type) : undefined;
    if (name !== undefined) ofEnums.add(name);
  }
  const enums = ofEnums.size > 0 ? { enums: [...ofEnums].sort() } : {};
  const boolean = literals.has(true) && literals.has(false);
  if (others.length === 0 && !(boolean && literals.size > 2)) {
    if (boolean) return { kind: "boolean" };
    const written = ofEnums.size > 0 ? writeType(context, union) : undefined;
    return { kind: "literals", values: sortLiterals(literals), ...enums, ...(written && { written }) };
  }
  const known = context.names.get(whole);
  if (known !== undefined) return { kind: "ref", name: known };
  if (literals.size === 0 && others.every(isTemplate)) return readTemplates(context, site, others, union);
  if (boolean) {
    literals.delete(true);
    literals.delete(false);
  }
  return declareUnion(context, site, {
    union,
    whole,
    literals: sortLiterals(literals),
    enums,
    others,
    boolean,
  });
}

interface Parts {
  readonly union: ts.UnionType;
  /** The union itself, or the alias of it and null. */
  readonly whole: ts.UnionType;
  readonly literals: readonly LiteralValue[];
  readonly enums: { readonly enums?: readonly string[] };
  readonly others: readonly ts.Type[];
  readonly boolean: boolean;
}

function declareUnion(context: ReadContext, site: Site, parts: Parts): Type {
  const { union, whole } = parts;
  const named = nameObject(context, site, union, whole);
  const { nesting = 0 } = site;
  if (isEndless(context, site, union)) return refused;
  context.names.set(whole, named.name);
  if (context.isKept(named)) return { kind: "ref", name: named.name };
  const own: Site = named.declaration
    ? {
        ...site,
        node: named.declaration,
        anonymousName: named.name,
        lockStem: named.lockName,
        file: named.file,
        nesting: 0,
      }
    : { ...site, nesting: nesting + 1 };
  const objects = parts.others.filter((type) => isPlainObject(context, type));
  const discriminant = objects.length > 1 ? findDiscriminant(context, objects) : undefined;
  const reportedBefore = context.diagnostics.length;
  const members = context.inCodec(() =>
    parts.others.map((type) => readMember(context, own, type, objects, discriminant)),
  );
  if (!named.declaration) context.names.delete(whole);
  if (parts.boolean)
    members.push({ key: "boolean", kind: "boolean", type: { kind: "boolean" }, position: 0 });
  // A member that was reported reads as something else; one report is enough.
  if (context.diagnostics.length > reportedBefore) return refused;
  if (!differ(members, discriminant)) {
    context.report(
      site,
      "IDL1108",
      `nothing tells the members of ${context.checker.typeToString(union)} apart`,
      'give each object a required property of one name with a literal of its own, such as `kind: "circle"`',
    );
    return refused;
  }
  const { declaration: _, doc, ...names } = named;
  context.declarations.push({
    ...names,
    definition: {
      kind: "union",
      members: inSourceOrder(context, whole, members, parts.others),
      literals: parts.literals,
      ...parts.enums,
      discriminant: discriminant?.name,
      discriminantIsEnum: discriminant?.isEnum ?? false,
    },
    failure: false,
    doc,
    at: context.locate(own.node),
  });
  return { kind: "ref", name: named.name };
}

function isPlainObject(context: ReadContext, type: ts.Type): boolean {
  const { checker } = context;
  const source = type.symbol?.declarations?.[0]?.getSourceFile();
  const inLibrary = source !== undefined && context.project.program.isSourceFileDefaultLibrary(source);
  const isMapped =
    type.flags & ts.TypeFlags.Object && (type as ts.ObjectType).objectFlags & ts.ObjectFlags.Mapped;
  return (
    (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0 &&
    (!inLibrary || Boolean(isMapped)) &&
    !checker.isArrayType(type) &&
    !checker.isTupleType(type)
  );
}

function readMember(
  context: ReadContext,
  site: Site,
  type: ts.Type,
  objects: readonly ts.Type[],
  discriminant: Discriminant | undefined,
): UnionMember {
  const tags = discriminant?.tags[objects.indexOf(type)];
  const name = tags?.[0] === "" ? "Empty" : String(tags?.[0] ?? "");
  const place = below(
    site,
    tags ? `<${tags.join("|") || name}>` : "",
    `${capitalise(name)}${tags ? "" : "Member"}`,
  );
  const read = readType(context, place, type);
  const kind = kindOf(read);
  return { key: tags?.[0] ?? kind, kind, ...(tags && { tags }), type: read, position: 0 };
}

/** How JavaScript sees values of a type. Literals and enums are strings or numbers to it. */
function kindOf(type: Type): ValueKind {
  switch (type.kind) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return type.kind;
    case "date":
      return "Date";
    case "bytes":
      return "Uint8Array";
    case "array":
    case "tuple":
      return "array";
    case "map":
      return "Map";
    case "set":
      return "Set";
    default:
      return "object";
  }
}

/** Whether the members' kinds tell them apart, and a discriminant those that are objects. */
function differ(members: readonly UnionMember[], discriminant: Discriminant | undefined): boolean {
  const kinds = members.filter(({ kind }) => kind !== "object" || !discriminant).map(({ kind }) => kind);
  return new Set(kinds).size === kinds.length;
}

/** Members in the order in which the alias lists them; others by their keys, so that the order is stable. */
function inSourceOrder(
  context: ReadContext,
  union: ts.UnionType,
  members: readonly UnionMember[],
  types: readonly ts.Type[],
): UnionMember[] {
  const declaration = union.aliasSymbol?.declarations?.[0];
  const listed =
    declaration && ts.isTypeAliasDeclaration(declaration) && ts.isUnionTypeNode(declaration.type)
      ? declaration.type.types.map((node) => context.checker.getTypeFromTypeNode(node))
      : [];
  const rank = (member: UnionMember) => {
    const type = types[members.indexOf(member)];
    const index = type ? listed.indexOf(type) : -1;
    return index < 0 ? listed.length : index;
  };
  return [...members]
    .sort((a, b) => rank(a) - rank(b) || (String(a.key) < String(b.key) ? -1 : 1))
    .map((member, position) => ({ ...member, position }));
}

function capitalise(text: string): string {
  const word = text.replace(/[^A-Za-z0-9]+/g, "");
  return word.charAt(0).toUpperCase() + word.slice(1);
}
