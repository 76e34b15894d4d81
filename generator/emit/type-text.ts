import type { TypeDeclaration } from "../model/declaration.js";
import type { LiteralsType, TupleType, Type, TypeName, Written } from "../model/type.js";
import type { FileContext } from "./file-context.js";
import { propertyKey } from "./naming.js";

/** A type as TypeScript writes it, with the names of the IDL. Notes the imports that it needs. */
export function typeText(type: Type, file: FileContext): string {
  if (type.written) return writtenText(type.written, file);
  switch (type.kind) {
    case "string":
    case "boolean":
    case "null":
    case "unknown":
      return type.kind;
    case "number":
      return type.format === "float64"
        ? "number"
        : importName({ name: type.format, file: "antwire/idl" }, file);
    case "bigint":
      return type.format ? importName({ name: type.format, file: "antwire/idl" }, file) : "bigint";
    case "date":
      return "Date";
    case "bytes":
      return "Uint8Array";
    case "literals":
      return literalsText(type);
    case "array":
      return `${type.readonly ? "readonly " : ""}${parenthesise(typeText(type.item, file))}[]`;
    case "tuple":
      return tupleText(type, file);
    case "record":
      return `Record<${type.key ? typeText(type.key, file) : "string"}, ${typeText(type.value, file)}>`;
    case "map":
      return `${type.readonly ? "Readonly" : ""}Map<${typeText(type.key, file)}, ${typeText(type.value, file)}>`;
    case "set":
      return `${type.readonly ? "Readonly" : ""}Set<${typeText(type.item, file)}>`;
    case "nullable":
      return `${typeText(type.type, file)} | null`;
    case "ref":
      return declaredTypeText(file.declaration(type.name), file);
  }
}

/** The type behind a declaration: its name, or, for an anonymous one, what it consists of. */
export function declaredTypeText(declaration: TypeDeclaration, file: FileContext): string {
  if (declaration.written) return writtenText(declaration.written, file);
  const { definition } = declaration;
  switch (definition.kind) {
    case "enum":
      return declaration.name;
    case "union": {
      const members = definition.members.map((member) => typeText(member.type, file));
      return [...definition.literals.map((value) => JSON.stringify(value)), ...members].join(" | ");
    }
    case "object": {
      const fields = definition.fields.map((field) => {
        const name = `${field.readonly ? "readonly " : ""}${propertyKey(field.name)}`;
        return `${name}${field.optional ? "?" : ""}: ${typeText(field.type, file)}`;
      });
      return `{ ${fields.join("; ")} }`;
    }
  }
}

function writtenText(written: Written, file: FileContext): string {
  return written.map((piece) => (typeof piece === "string" ? piece : importName(piece, file))).join("");
}

function literalsText(type: LiteralsType): string {
  return type.values.map((value) => JSON.stringify(value)).join(" | ");
}

function tupleText(type: TupleType, file: FileContext): string {
  // TypeScript wants labels on all elements or on none.
  const labelled = [...type.items.map(({ label }) => label), ...(type.rest ? [type.restLabel] : [])].every(
    (label) => label !== undefined,
  );
  const items = type.items.map((item) => {
    const text = typeText(item.type, file);
    if (labelled) return `${item.label}${item.optional ? "?" : ""}: ${text}`;
    return item.optional ? `${parenthesise(text)}?` : text;
  });
  if (type.rest) {
    items.push(`...${labelled ? `${type.restLabel}: ` : ""}${parenthesise(typeText(type.rest, file))}[]`);
  }
  return `${type.readonly ? "readonly " : ""}[${items.join(", ")}]`;
}

function importName(name: TypeName, file: FileContext): string {
  return file.imports.idl(name.name, name.file === "antwire/idl" ? file.door : file.idlPath(name.file));
}

function parenthesise(text: string): string {
  return / \| | & |^readonly /.test(text) ? `(${text})` : text;
}
