import { ts } from "ts-morph";
import type { Field } from "../model/declaration.js";
import type { Type } from "../model/type.js";
import { brandName } from "./brands.js";
import { isModule } from "./find-modules.js";
import { isSessionData } from "./find-session-data.js";
import { asBefore, memberSite } from "./member-site.js";
import { nameObject } from "./name-object.js";
import { readConstraintTags } from "./read-constraint-tags.js";
import type { ReadContext, Site } from "./read-context.js";
import { noComment, readComment } from "./read-doc.js";
import { below, readType } from "./read-type.js";
import { inheritedWas, readWas } from "./read-was.js";
import { refused } from "./refuse-type.js";

// Deeper than anybody nests generic types, or types without a name, on purpose.
const maxInstantiations = 20;

/**
 * Reads an object type of any making (an interface, an alias, one written in place, an instantiation of a
 * generic, a mapped type, an intersection) and enters it into the table of types.
 *
 * @param known the type itself, or the alias of it and null
 */
export function readObject(context: ReadContext, site: Site, type: ts.Type, known = type): Type {
  const name = context.names.get(known);
  if (name !== undefined) return { kind: "ref", name };
  if (refuseNoData(context, site, type)) return refused;
  const { checker } = context;
  const properties = checker.getPropertiesOfType(type);
  const fields = properties.filter((property) => brandName(property) === undefined);
  const failure = properties.some((property) => brandName(property) === "failure");
  if (checker.getIndexInfosOfType(type).length > 0) return readRecord(context, site, type, fields.length > 0);
  if (fields.length === 0 && !failure) {
    context.report(site, "IDL1105", `${checker.typeToString(type)} has no fields`, "declare what it holds");
    return refused;
  }
  return declareObject(context, site, { type, known }, { fields, failure });
}

function declareObject(
  context: ReadContext,
  site: Site,
  { type, known }: { type: ts.Type; known: ts.Type },
  { fields, failure }: { fields: readonly ts.Symbol[]; failure: boolean },
): Type {
  const named = nameObject(context, site, type, known);
  const depth = context.instantiations.get(named.lockName) ?? 0;
  const { nesting = 0 } = site;
  if (isEndless(context, site, type, depth)) return refused;
  context.names.set(known, named.name);
  if (context.isKept(named)) return { kind: "ref", name: named.name };
  context.instantiations.set(named.lockName, depth + 1);
  const own: Site = named.declaration
    ? {
        node: named.declaration,
        path: named.name,
        anonymousName: named.name,
        lockStem: named.lockName,
        file: named.file,
      }
    : { ...site, nesting: nesting + 1 };
  const { declaration: _, doc, ...names } = named;
  context.declarations.push({
    ...names,
    definition: {
      kind: "object",
      fields: context.inCodec(() =>
        fields.map((property, position) => readField(context, own, site, property, position)),
      ),
    },
    failure,
    ...(named.declaration && isSessionData(context, named.declaration) && { sessionData: true }),
    doc,
    at: context.locate(own.node),
  });
  context.instantiations.set(named.lockName, depth);
  if (!named.declaration) context.names.delete(known);
  return { kind: "ref", name: named.name };
}

/** Reads an object with keys of any name. */
function readRecord(context: ReadContext, site: Site, type: ts.Type, hasFields: boolean): Type {
  const { checker } = context;
  const [index, ...others] = checker.getIndexInfosOfType(type);
  const problem = (what: string, hint: string): Type => {
    const message = `${checker.typeToString(type)}: an index signature ${what}`;
    context.report(site, "IDL1110", message, hint);
    return refused;
  };
  if (!index || hasFields) {
    return problem("beside fields", "put the open part into a field of its own: `more: Record<string, T>`");
  }
  if (others.length > 0) {
    return problem("beside another", "put each into a field of its own: `more: Record<string, T>`");
  }
  const isPlain = (index.keyType.flags & ts.TypeFlags.String) !== 0;
  const isNumber = (index.keyType.flags & ts.TypeFlags.NumberLike) !== 0;
  const key = isNumber ? refused : readType(context, below(site, "[key]", "Key"), index.keyType);
  if (key.kind !== "string") {
    return problem(
      "with keys other than strings",
      `use \`Map<${checker.typeToString(index.keyType)}, ${checker.typeToString(index.type)}>\``,
    );
  }
  const value = readType(context, below(site, "[key]", "Value"), index.type);
  return { kind: "record", ...(!isPlain && { key }), value };
}

/** Reports a generic type that goes on for ever: inside itself, or inside types without a name. */
export function isEndless(context: ReadContext, site: Site, type: ts.Type, depth = 0): boolean {
  if (Math.max(depth, site.nesting ?? 0) < maxInstantiations) return false;
  const name = (type.aliasSymbol ?? type.symbol)?.name ?? "the type";
  context.report(
    site,
    "IDL1118",
    `${name} instantiates itself without end`,
    "let the generic refer to itself with the same type arguments",
  );
  return true;
}

/** Reports an object that is no data. */
function refuseNoData(context: ReadContext, site: Site, type: ts.Type): boolean {
  const builtin = context.builtin(type.symbol);
  if (builtin === "Session" || builtin === "UserSession" || builtin === "Push") {
    const hint =
      builtin === "Push"
        ? "a push is a property of a module: `readonly entered: Push<Member>`"
        : "the session is a method's first parameter and nothing else";
    context.report(site, "IDL1113", `${builtin} is no data`, hint);
    return true;
  }
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) {
    context.report(site, "IDL1103", "a function cannot travel", "name the data that the receiver needs");
    return true;
  }
  const declaration = type.symbol?.declarations?.[0];
  if (declaration && ts.isClassDeclaration(declaration)) {
    const message = `${type.symbol.name} is a class, and its instances cannot travel`;
    context.report(site, "IDL1104", message, "declare an interface with its fields");
    return true;
  }
  if (declaration && ts.isInterfaceDeclaration(declaration)) {
    const name = declaration.name.text;
    if (isModule(context, declaration)) {
      context.report(site, "IDL1111", `${name} is a module, not data`, "name the data that it should hold");
      return true;
    }
    if (context.fileOf(declaration) === undefined) {
      const hint = "declare it in a file of the IDL folder";
      context.report(site, "IDL1109", `${name} is declared outside the IDL folder`, hint);
      return true;
    }
  }
  return false;
}

function readField(
  context: ReadContext,
  own: Site,
  site: Site,
  property: ts.Symbol,
  position: number,
): Field {
  const node = property.valueDeclaration ?? own.node;
  const { name } = property;
  const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
  const place = memberSite(own, name, { node, path: `${site.path}.${name}`, optional });
  // A field of a mapped type has no declaration: the comment at hand is that of the type.
  const comment = property.valueDeclaration ? readComment(context, place, "field") : noComment;
  const { was } = property.valueDeclaration ? readWas(context, place, comment.tags) : inheritedWas(property);
  const type = readType(context, asBefore(place, name, was), context.checker.getTypeOfSymbol(property));
  return {
    name,
    ...(was !== undefined && { was }),
    optional,
    readonly: (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Readonly) !== 0,
    type: readConstraintTags(context, place, type, comment.tags),
    position,
    doc: comment.doc,
    at: context.locate(node),
  };
}
