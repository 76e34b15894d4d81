import type { TypeDeclaration, UnionDefinition } from "../model/declaration.js";
import type { TupleType, Type } from "../model/type.js";
import type { FileContext } from "./file-context.js";
import { breakList } from "./layout.js";
import { formName, propertyKey } from "./naming.js";

/** The expression of a type's JSON form. Declared types are looked up late, since they may contain themselves. */
export function jsonForm(type: Type, file: FileContext): string {
  const json = file.imports.value("json", file.door);
  switch (type.kind) {
    case "string":
    case "number":
    case "boolean":
    case "literals":
      return `${json}.plain`;
    // Nullable, so that where it is optional null does not stand for absent.
    case "null":
      return `${json}.nullable(${json}.plain)`;
    case "date":
    case "bytes":
    case "bigint":
      return `${json}.${type.kind}`;
    case "unknown":
      return `${json}.nullable(${json}.anything)`;
    case "array":
      return `${json}.array(${jsonForm(type.item, file)})`;
    case "set":
      return `${json}.set(${jsonForm(type.item, file)})`;
    case "map":
      return `${json}.map(${jsonForm(type.key, file)}, ${jsonForm(type.value, file)})`;
    case "tuple":
      return tupleForm(type, file);
    case "record":
      return `${json}.record(${jsonForm(type.value, file)})`;
    case "nullable":
      return `${json}.nullable(${jsonForm(type.type, file)})`;
    case "ref":
      return file.declaration(type.name).definition.kind === "enum"
        ? `${json}.plain`
        : `${json}.lazy(() => ${formName(type.name)})`;
  }
}

function tupleForm(type: TupleType, file: FileContext): string {
  const json = file.imports.value("json", file.door);
  const items = type.items.map((item) => jsonForm(item.type, file));
  const rest = type.rest ? `, ${jsonForm(type.rest, file)}` : "";
  return `${json}.tuple([${items.join(", ")}]${rest})`;
}

/** The constant with a declared type's JSON form; undefined for an enum, which JSON has a word for. */
export function declareForm(declaration: TypeDeclaration, file: FileContext): string | undefined {
  const { definition, name } = declaration;
  const json = file.imports.value("json", file.door);
  const start = `const ${formName(name)}: ${file.imports.type("JsonForm", file.door)} = `;
  switch (definition.kind) {
    case "enum":
      return undefined;
    case "object": {
      const fields = definition.fields.map(
        (field) => `${propertyKey(field.name)}: ${jsonForm(field.type, file)}`,
      );
      const optional = definition.fields
        .filter((field) => field.optional)
        .map((field) => JSON.stringify(field.name));
      const tail = optional.length === 0 ? ");" : `, [${optional.join(", ")}]);`;
      if (fields.length === 0) return `${start}${json}.object({}${tail}`;
      return breakList(`${start}${json}.object({ `, fields, ` }${tail}`);
    }
    case "union":
      return `${start}${unionForm(definition, file)};`;
  }
}

function unionForm(definition: UnionDefinition, file: FileContext): string {
  const json = file.imports.value("json", file.door);
  const { members, literals, discriminant } = definition;
  const objects = members.filter(({ kind }) => kind === "object");
  const forms = new Map<string, string>();
  for (const literal of literals) forms.set(typeof literal, `${json}.plain`);
  for (const member of members) forms.set(member.kind, jsonForm(member.type, file));
  if (discriminant !== undefined) {
    const tagged = objects.map(
      (member) => `${propertyKey(String(member.tag))}: ${jsonForm(member.type, file)}`,
    );
    const form = breakList(`${json}.discriminated(${JSON.stringify(discriminant)}, { `, tagged, " })");
    if (forms.size === 1) return form;
    forms.set("object", form);
  }
  const entries = [...forms].map(([kind, form]) => `${kind}: ${form}`);
  return breakList(`${json}.union({ `, entries, " })");
}
