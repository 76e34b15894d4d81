import { ts } from "ts-morph";
import type { EnumMember } from "../model/declaration.js";
import type { EnumMemberName, Type } from "../model/type.js";
import type { ReadContext, Site } from "./read-context.js";
import { readComment } from "./read-doc.js";
import { literalValue, refused } from "./read-type.js";

/** Reads an enum, or one member of it. */
export function readEnum(context: ReadContext, site: Site, type: ts.Type): Type {
  const member = enumMember(context, type);
  if (member) return { kind: "literals", values: [member.value], enumMembers: [member] };
  const known = context.names.get(type);
  if (known !== undefined) return { kind: "ref", name: known };
  const declaration = type.symbol.declarations?.find(ts.isEnumDeclaration);
  const file = declaration && context.fileOf(declaration);
  if (!declaration || file === undefined) {
    context.report(site, "IDL1110", "this enum is not supported yet", "declare the enum in the IDL folder");
    return refused;
  }
  const name = declaration.name.text;
  context.names.set(type, name);
  const place: Site = { node: declaration, path: name, anonymousName: name, file };
  context.declarations.push({
    name,
    file,
    importName: { name, file },
    definition: { kind: "enum", members: readMembers(context, place, declaration) },
    failure: false,
    doc: readComment(context, place, "type").doc,
    at: context.locate(declaration),
  });
  return { kind: "ref", name };
}

/** The member of an enum that a type is; undefined of any other type. */
export function enumMember(context: ReadContext, type: ts.Type): EnumMemberName | undefined {
  const declaration = type.symbol?.valueDeclaration;
  const value = literalValue(type);
  if (!declaration || !ts.isEnumMember(declaration) || typeof value === "boolean") return undefined;
  const file = context.fileOf(declaration);
  if (value === undefined || file === undefined) return undefined;
  return { enum: { name: declaration.parent.name.text, file }, member: type.symbol.name, value };
}

function readMembers(context: ReadContext, site: Site, declaration: ts.EnumDeclaration): EnumMember[] {
  let next: number | undefined = 0;
  return declaration.members.map((member) => {
    const name = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : "";
    // In a declaration file TypeScript calls a member without initialiser "computed"; it counts on all the same.
    const constant: string | number | undefined = member.initializer
      ? context.checker.getConstantValue(member)
      : next;
    if (constant === undefined) {
      context.report(
        { node: member, path: `${site.path}.${name}` },
        "IDL1110",
        "the value of this member is not known at compile time",
        "give it a number or a string",
      );
    }
    const value = constant ?? 0;
    next = typeof value === "number" ? value + 1 : undefined;
    const { doc } = readComment(context, { ...site, node: member }, "field");
    return { name, value, doc };
  });
}
