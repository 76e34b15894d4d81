import type { TypeDeclaration } from "../model/declaration.js";
import type { LiteralsType, Type, TypeName } from "../model/type.js";
import type { FileContext } from "./file-context.js";
import { propertyKey } from "./naming.js";

/** A type as TypeScript writes it, with the names of the IDL. Notes the imports that it needs. */
export function typeText(type: Type, file: FileContext): string {
  if (type.alias) return importedName(type.alias, file);
  switch (type.kind) {
    case "string":
    case "boolean":
    case "null":
      return type.kind;
    case "number":
      return type.format === "float64" ? "number" : file.imports.type(type.format, file.door);
    case "date":
      return "Date";
    case "bytes":
      return "Uint8Array";
    case "literals":
      return literalsText(type, file);
    case "array":
      return `${type.readonly ? "readonly " : ""}${parenthesise(typeText(type.item, file))}[]`;
    case "tuple":
      return `${type.readonly ? "readonly " : ""}[${type.items.map((item) => typeText(item, file)).join(", ")}]`;
    case "record":
      return `Record<string, ${typeText(type.value, file)}>`;
    case "nullable":
      return `${typeText(type.type, file)} | null`;
    case "ref":
      return declaredTypeText(file.declaration(type.name), file);
  }
}

/** The type behind a declaration: its name, or, for an anonymous one, what it consists of. */
export function declaredTypeText(declaration: TypeDeclaration, file: FileContext): string {
  if (declaration.importName) return importedName(declaration.importName, file);
  const { definition } = declaration;
  switch (definition.kind) {
    case "enum":
      return declaration.name;
    case "union":
      return definition.members
        .map((member) => typeText({ kind: "ref", name: member.type }, file))
        .join(" | ");
    case "object": {
      const fields = definition.fields.map(
        (field) =>
          `${field.readonly ? "readonly " : ""}${propertyKey(field.name)}${field.optional ? "?" : ""}: ${typeText(field.type, file)}`,
      );
      return `{ ${fields.join("; ")} }`;
    }
  }
}

function literalsText(type: LiteralsType, file: FileContext): string {
  const members = type.enumMembers ?? [];
  return type.values
    .map((value) => {
      const member = members.find((candidate) => candidate.value === value);
      return member ? `${importedName(member.enum, file)}.${member.member}` : JSON.stringify(value);
    })
    .join(" | ");
}

function importedName(name: TypeName, file: FileContext): string {
  return file.imports.type(name.name, name.file === "antwire/idl" ? file.door : file.idlPath(name.file));
}

function parenthesise(text: string): string {
  return / \| |^readonly /.test(text) ? `(${text})` : text;
}
