import { ts } from "ts-morph";
import type { EnumMember } from "../model/declaration.js";
import type { Type } from "../model/type.js";
import { enumValue } from "./enum-value.js";
import type { ReadContext, Site } from "./read-context.js";
import { readComment } from "./read-doc.js";
import { literalValue } from "./read-type.js";
import { readWas } from "./read-was.js";
import { refused } from "./refuse-type.js";
import { writeType } from "./write-type.js";

/** Reads an enum, or one member of it. */
export function readEnum(context: ReadContext, site: Site, type: ts.Type): Type {
  const name = declareEnum(context, site, type);
  if (name === undefined) return refused;
  const value = literalValue(context, type);
  // To TypeScript an enum of one member is that member.
  if (value === undefined || isOnly(type)) return { kind: "ref", name };
  const written = writeType(context, type);
  return { kind: "literals", values: [value], enums: [name], ...(written && { written }) };
}

/** Enters the enum that a type is, or is a member of, into the table of types; undefined where it was reported. */
export function declareEnum(context: ReadContext, site: Site, type: ts.Type): string | undefined {
  const declaration = enumOf(type);
  const file = declaration && context.fileOf(declaration);
  if (!declaration || file === undefined || !ts.isSourceFile(declaration.parent)) {
    context.report(
      site,
      "IDL1109",
      `the enum ${context.checker.typeToString(type)} cannot be imported`,
      "declare it at the top level of a file of the IDL folder",
    );
    return undefined;
  }
  const name = declaration.name.text;
  const written = [{ name, file }];
  if (context.enums.has(declaration)) return name;
  context.enums.add(declaration);
  if (context.isKept({ name, file, written })) return name;
  const place: Site = { node: declaration, path: name, anonymousName: name, lockStem: name, file };
  const comment = readComment(context, place, "type");
  context.declarations.push({
    name,
    ...readWas(context, place, comment.tags),
    lockName: name,
    file,
    written,
    definition: {
      kind: "enum",
      members: readMembers(context, place, declaration),
      name: { name, file },
      isConst: declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ConstKeyword) ?? false,
    },
    failure: false,
    doc: comment.doc,
    at: context.locate(declaration),
  });
  return name;
}

function enumOf(type: ts.Type): ts.EnumDeclaration | undefined {
  const declared = type.symbol.valueDeclaration;
  return declared && ts.isEnumMember(declared)
    ? declared.parent
    : type.symbol.declarations?.find(ts.isEnumDeclaration);
}

function isOnly(type: ts.Type): boolean {
  return enumOf(type)?.members.length === 1;
}

function readMembers(context: ReadContext, site: Site, declaration: ts.EnumDeclaration): EnumMember[] {
  return declaration.members.map((member) => {
    const name = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : "";
    const { doc } = readComment(context, { ...site, node: member }, "field");
    return { name, value: enumValue(context, member), doc };
  });
}
