import { ts } from "ts-morph";
import type { EnumMember } from "../model/declaration.js";
import type { Type } from "../model/type.js";
import type { ReadContext, Site } from "./read-context.js";
import { readComment } from "./read-doc.js";
import { literalValue } from "./read-type.js";
import { readWas } from "./read-was.js";
import { refused } from "./refuse-type.js";
import { writeType } from "./write-type.js";

/** Reads an enum, or one member of it. */
export function readEnum(context: ReadContext, site: Site, type: ts.Type): Type {
  const value = literalValue(type);
  const declared = type.symbol.valueDeclaration;
  if (declared && ts.isEnumMember(declared) && value !== undefined) {
    const written = writeType(context, type);
    return { kind: "literals", values: [value], ofEnum: true, ...(written && { written }) };
  }
  const known = context.names.get(type);
  if (known !== undefined) return { kind: "ref", name: known };
  // To TypeScript an enum of one member is that member.
  const declaration =
    declared && ts.isEnumMember(declared)
      ? declared.parent
      : type.symbol.declarations?.find(ts.isEnumDeclaration);
  const file = declaration && context.fileOf(declaration);
  if (!declaration || file === undefined || !ts.isSourceFile(declaration.parent)) {
    context.report(
      site,
      "IDL1109",
      `the enum ${context.checker.typeToString(type)} cannot be imported`,
      "declare it at the top level of a file of the IDL folder",
    );
    return refused;
  }
  const name = declaration.name.text;
  const written = [{ name, file }];
  context.names.set(type, name);
  if (context.isKept({ name, file, written })) return { kind: "ref", name };
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
  return { kind: "ref", name };
}

function readMembers(context: ReadContext, site: Site, declaration: ts.EnumDeclaration): EnumMember[] {
  let next = 0;
  return declaration.members.map((member) => {
    const name = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : "";
    // In a declaration file TypeScript calls a member without initialiser "computed"; it counts on all the
    // same. One that TypeScript cannot compute, or that cannot count on, it has reported itself.
    const value = member.initializer ? (context.checker.getConstantValue(member) ?? 0) : next;
    next = typeof value === "number" ? value + 1 : 0;
    const { doc } = readComment(context, { ...site, node: member }, "field");
    return { name, value, doc };
  });
}
