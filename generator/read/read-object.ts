import { ts } from "ts-morph";
import type { Field } from "../model/declaration.js";
import type { Type } from "../model/type.js";
import { brandName } from "./brands.js";
import { isModule } from "./find-modules.js";
import { asBefore, memberSite } from "./member-site.js";
import { nameObject } from "./name-object.js";
import { readConstraintTags } from "./read-constraint-tags.js";
import type { ReadContext, Site } from "./read-context.js";
import { readComment } from "./read-doc.js";
import { below, readType } from "./read-type.js";
import { readWas } from "./read-was.js";
import { refused } from "./refuse-type.js";

// Deeper than anybody nests generic types on purpose.
const maxInstantiations = 20;

/**
 * Reads an object type of any making (an interface, an alias, one written in place, an instantiation of a
 * generic, a mapped type, an intersection) and enters it into the table of types.
 */
export function readObject(context: ReadContext, site: Site, type: ts.Type): Type {
  const known = context.names.get(type);
  if (known !== undefined) return { kind: "ref", name: known };
  if (refuseNoData(context, site, type)) return refused;
  const { checker } = context;
  const properties = checker.getPropertiesOfType(type);
  const fields = properties.filter((property) => brandName(property) === undefined);
  const failure = properties.some((property) => brandName(property) === "failure");
  const index = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  if (fields.length === 0 && index) {
    return { kind: "record", value: readType(context, below(site, "[key]", "Value"), index) };
  }
  if (checker.getIndexInfosOfType(type).length > 0) {
    context.report(
      site,
      "IDL1110",
      `${checker.typeToString(type)}: an index signature ${index ? "beside fields" : "with keys other than strings"}`,
      index ? "put the open part into a field of its own: `more: Record<string, T>`" : "use `Map<number, T>`",
    );
    return refused;
  }
  if (fields.length === 0 && !failure) {
    context.report(site, "IDL1105", `${checker.typeToString(type)} has no fields`, "declare what it holds");
    return refused;
  }
  return declareObject(context, site, type, { fields, failure });
}

function declareObject(
  context: ReadContext,
  site: Site,
  type: ts.Type,
  { fields, failure }: { fields: readonly ts.Symbol[]; failure: boolean },
): Type {
  const named = nameObject(context, site, type);
  const depth = context.instantiations.get(named.lockName) ?? 0;
  if (depth >= maxInstantiations) {
    context.report(
      site,
      "IDL1118",
      `${named.lockName} instantiates itself without end`,
      "let the generic refer to itself with the same type arguments",
    );
    return refused;
  }
  context.names.set(type, named.name);
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
    : site;
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
    doc,
    at: context.locate(own.node),
  });
  context.instantiations.set(named.lockName, depth);
  return { kind: "ref", name: named.name };
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
  const comment = readComment(context, place, "field");
  const { was } = readWas(context, place, comment.tags);
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
