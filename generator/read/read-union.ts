import { ts } from "ts-morph";
import type { UnionMember, ValueKind } from "../model/declaration.js";
import type { LiteralValue, Type } from "../model/type.js";
import { type Discriminant, findDiscriminant } from "./find-discriminant.js";
import { nameObject } from "./name-object.js";
import type { ReadContext, Site } from "./read-context.js";
import { isTemplate, readTemplates } from "./read-template.js";
import { below, literalValue, readType } from "./read-type.js";
import { refused, refuseType } from "./refuse-type.js";
import { writeType } from "./write-type.js";

/** Reads a union: `T | null`, literals, or members that differ as JavaScript values. */
export function readUnion(context: ReadContext, site: Site, union: ts.UnionType): Type {
  const has = (flag: ts.TypeFlags) => union.types.some((type) => type.flags & flag);
  if (has(ts.TypeFlags.Undefined) && !site.optional) {
    const absent = union.types.find((type) => type.flags & ts.TypeFlags.Undefined);
    return absent ? refuseType(context, site, absent) : refused;
  }
  if (!has(ts.TypeFlags.Undefined | ts.TypeFlags.Null)) return readMembers(context, site, union);
  const present = context.checker.getNonNullableType(union);
  if (present.flags & ts.TypeFlags.Never) return { kind: "null" };
  const read = readType(context, site, present);
  if (!has(ts.TypeFlags.Null) || ["nullable", "null", "unknown"].includes(read.kind)) return read;
  return { kind: "nullable", type: read };
}

function readMembers(context: ReadContext, site: Site, union: ts.UnionType): Type {
  const literals = new Set<LiteralValue>();
  const others: ts.Type[] = [];
  let ofEnum = false;
  for (const type of union.types) {
    const value = literalValue(type);
    if (value === undefined) others.push(type);
    else literals.add(value);
    if (type.flags & ts.TypeFlags.EnumLiteral) ofEnum = true;
  }
  const boolean = literals.has(true) && literals.has(false);
  if (others.length === 0 && !(boolean && literals.size > 2)) {
    const written = ofEnum ? writeType(context, union) : undefined;
    const values = sortLiterals(literals);
    return { kind: "literals", values, ...(ofEnum && { ofEnum }), ...(written && { written }) };
  }
  const known = context.names.get(union);
  if (known !== undefined) return { kind: "ref", name: known };
  if (literals.size === 0 && others.every(isTemplate)) return readTemplates(context, site, others, union);
  if (boolean) {
    literals.delete(true);
    literals.delete(false);
  }
  return declareUnion(context, site, union, { literals: sortLiterals(literals), others, boolean });
}

/** TypeScript orders members by when it first saw them, which an edit elsewhere can change. */
function sortLiterals(values: ReadonlySet<LiteralValue>): LiteralValue[] {
  const rank = (value: LiteralValue) => `${typeof value} ${typeof value === "number" ? "" : value}`;
  return [...values].sort((a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : rank(a) < rank(b) ? -1 : 1,
  );
}

interface Parts {
  readonly literals: readonly LiteralValue[];
  readonly others: readonly ts.Type[];
  readonly boolean: boolean;
}

function declareUnion(context: ReadContext, site: Site, union: ts.UnionType, parts: Parts): Type {
  const named = nameObject(context, site, union);
  context.names.set(union, named.name);
  if (context.isKept(named)) return { kind: "ref", name: named.name };
  const own: Site = named.declaration
    ? {
        ...site,
        node: named.declaration,
        anonymousName: named.name,
        lockStem: named.lockName,
        file: named.file,
      }
    : site;
  const objects = parts.others.filter((type) => isPlainObject(context, type));
  const discriminant = objects.length > 1 ? findDiscriminant(context, objects) : undefined;
  const reportedBefore = context.diagnostics.length;
  const members = context.inCodec(() =>
    parts.others.map((type) => readMember(context, own, type, objects, discriminant)),
  );
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
      members: inSourceOrder(context, union, members, parts.others),
      literals: parts.literals,
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
  const tag = discriminant?.tags[objects.indexOf(type)];
  const name = tag === "" ? "Empty" : String(tag ?? "");
  const place = below(
    site,
    tag === undefined ? "" : `<${name}>`,
    `${capitalise(name)}${tag === undefined ? "Member" : ""}`,
  );
  const read = readType(context, place, type);
  const kind = kindOf(read);
  const key = tag ?? kind;
  return { key, kind, ...(tag !== undefined && { tag }), type: read, position: 0 };
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
