import { ts } from "ts-morph";
import type { Field } from "../model/declaration.js";
import type { Type } from "../model/type.js";
import { isModule } from "./find-modules.js";
import { brandName } from "./read-branded.js";
import { readConstraintTags } from "./read-constraint-tags.js";
import type { ReadContext, Site } from "./read-context.js";
import { readComment } from "./read-doc.js";
import { aliasOf, below, readType, refused } from "./read-type.js";

/** Reads an interface, or an object type written in place, and enters it into the table of types. */
export function readNamedObject(context: ReadContext, site: Site, type: ts.ObjectType): Type {
  const known = context.names.get(type);
  if (known !== undefined) return { kind: "ref", name: known };
  if (refuseUnsupported(context, site, type)) return refused;
  const declaration = declarationOf(type);
  const importName = importNameOf(context, type, declaration);
  const name = importName?.name ?? site.anonymousName;
  const file = importName?.file ?? site.file;
  const node = declaration ?? site.node;
  const properties = context.checker.getPropertiesOfType(type);
  const fields = properties.filter((property) => brandName(property) === undefined);
  const failure = properties.some((property) => brandName(property) === "failure");
  if (fields.length === 0 && !failure) {
    if (context.checker.getIndexTypeOfType(type, ts.IndexKind.String)) {
      return readIndexed(context, site, type);
    }
    context.report(
      site,
      "IDL1105",
      `${context.checker.typeToString(type)} has no fields`,
      "declare what it holds",
    );
    return refused;
  }
  if (context.checker.getIndexInfosOfType(type).length > 0) {
    context.report(
      site,
      "IDL1110",
      "an index signature beside fields is not supported yet",
      "put the open part into a field of its own: `more: Record<string, T>`",
    );
    return refused;
  }
  context.names.set(type, name);
  const own: Site = importName ? { node, path: name, anonymousName: name, file } : site;
  context.declarations.push({
    name,
    file,
    importName,
    definition: {
      kind: "object",
      fields: fields.map((property, position) => readField(context, own, site, property, position)),
    },
    failure,
    doc: importName ? readComment(context, own, "type").doc : { text: "", tags: [] },
    at: context.locate(node),
  });
  return { kind: "ref", name };
}

function refuseUnsupported(context: ReadContext, site: Site, type: ts.ObjectType): boolean {
  const { checker } = context;
  const declaration = declarationOf(type);
  if (declaration && ts.isInterfaceDeclaration(declaration) && isModule(context, declaration)) {
    context.report(
      site,
      "IDL1111",
      `${declaration.name.text} is a module, not data`,
      "name the data that it should hold",
    );
    return true;
  }
  const reference = type as ts.TypeReference;
  const isGeneric =
    type.aliasTypeArguments !== undefined ||
    (reference.target !== undefined && checker.getTypeArguments(reference).length > 0) ||
    (type.objectFlags & ts.ObjectFlags.Mapped) !== 0;
  if (isGeneric) {
    context.report(
      site,
      "IDL1110",
      `${checker.typeToString(type)}: generic and mapped types are not supported yet`,
      "declare an interface with the fields that it has",
    );
    return true;
  }
  if (declaration && context.fileOf(declaration) === undefined) {
    context.report(
      site,
      "IDL1109",
      `${checker.typeToString(type)} is declared outside the IDL folder`,
      "declare it in a file of the IDL folder",
    );
    return true;
  }
  return false;
}

function readIndexed(context: ReadContext, site: Site, type: ts.ObjectType): Type {
  const value = context.checker.getIndexTypeOfType(type, ts.IndexKind.String);
  return value ? { kind: "record", value: readType(context, below(site, "[key]", "Value"), value) } : refused;
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
  const place: Site = {
    ...own,
    node,
    path: `${site.path}.${name}`,
    anonymousName: own.anonymousName + name.charAt(0).toUpperCase() + name.slice(1),
  };
  const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
  const type = context.checker.getTypeOfSymbol(property);
  const comment = readComment(context, place, "field");
  const read = readConstraintTags(
    context,
    place,
    readType(context, { ...place, optional }, type),
    comment.tags,
  );
  const readonly = (ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Readonly) !== 0;
  return { name, optional, readonly, type: read, position, doc: comment.doc, at: context.locate(node) };
}

function declarationOf(type: ts.ObjectType): ts.Declaration | undefined {
  return type.symbol?.declarations?.[0];
}

/** How generated code can name the type: its alias, or the interface itself. */
function importNameOf(context: ReadContext, type: ts.ObjectType, declaration: ts.Declaration | undefined) {
  if (declaration && ts.isInterfaceDeclaration(declaration)) {
    const file = context.fileOf(declaration);
    return file === undefined ? undefined : { name: declaration.name.text, file };
  }
  return aliasOf(context, type);
}
