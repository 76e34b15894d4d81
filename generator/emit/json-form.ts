import type { TypeDeclaration } from "../model/declaration.js";
import type { Type } from "../model/type.js";
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
    case "null":
    case "literals":
      return `${json}.plain`;
    case "date":
    case "bytes":
      return `${json}.${type.kind}`;
    case "array":
      return `${json}.array(${jsonForm(type.item, file)})`;
    case "tuple":
      return `${json}.tuple([${type.items.map((item) => jsonForm(item, file)).join(", ")}])`;
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
    case "union": {
      const members = definition.members.map(
        (member) =>
          `${propertyKey(String(member.tag))}: ${jsonForm({ kind: "ref", name: member.type }, file)}`,
      );
      return breakList(
        `${start}${json}.discriminated(${JSON.stringify(definition.discriminant)}, { `,
        members,
        " });",
      );
    }
  }
}
