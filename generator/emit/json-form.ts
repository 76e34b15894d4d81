import type {
  Field,
  ObjectDefinition,
  TypeDeclaration,
  UnionDefinition,
  UnionMember,
} from "../model/declaration.js";
import type { TupleType, Type } from "../model/type.js";
import type { FileContext } from "./file-context.js";
import { breakList, fillList } from "./layout.js";
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
  const annotated = file.typed(() => `: ${file.imports.type("JsonForm", file.door)}`);
  const start = `const ${formName(name)}${annotated} = `;
  switch (definition.kind) {
    case "enum":
      return undefined;
    case "object":
      return `${start}${objectForm(definition, file)};`;
    case "union":
      return `${start}${unionForm(definition, file)};`;
  }
}

function objectForm({ fields }: ObjectDefinition, file: FileContext): string {
  const json = file.imports.value("json", file.door);
  const forms = fields.map((field) => `${propertyKey(field.name)}: ${jsonForm(field.type, file)}`);
  const optional = fields.filter((field) => field.optional).map((field) => JSON.stringify(field.name));
  const tail = optional.length === 0 ? ")" : `, ${fillList(optional)})`;
  const form =
    forms.length === 0 ? `${json}.object({}${tail}` : breakList(`${json}.object({ `, forms, ` }${tail}`);
  return renamedForm(form, fields, file);
}

/** The form of an object some of whose fields were renamed: JSON shows the names that clients know. */
function renamedForm(form: string, fields: readonly Field[], file: FileContext): string {
  const names = fields.flatMap(({ name, was }) =>
    was === undefined ? [] : [`${propertyKey(name)}: ${JSON.stringify(was)}`],
  );
  if (names.length === 0) return form;
  return `${file.imports.value("json", file.door)}.renamed({ ${names.join(", ")} }, ${form})`;
}

function unionForm(definition: UnionDefinition, file: FileContext): string {
  const json = file.imports.value("json", file.door);
  const { members, literals, discriminant } = definition;
  const objects = members.filter(({ kind }) => kind === "object");
  const forms = new Map<string, string>();
  for (const literal of literals) forms.set(typeof literal, `${json}.plain`);
  for (const member of members) forms.set(member.kind, jsonForm(member.type, file));
  if (discriminant !== undefined) {
    const tagged = objects.flatMap(({ tags = [], type }) =>
      tags.map((tag) => `${propertyKey(String(tag))}: ${jsonForm(type, file)}`),
    );
    const plain = breakList(`${json}.discriminated(${JSON.stringify(discriminant)}, { `, tagged, " })");
    const form = renamedForm(plain, discriminantsOf(objects, discriminant, file), file);
    if (forms.size === 1) return form;
    forms.set("object", form);
  }
  const entries = [...forms].map(([kind, form]) => `${kind}: ${form}`);
  return breakList(`${json}.union({ `, entries, " })");
}

/** The field that tells the members apart, where a rename of it has to reach all of them. */
function discriminantsOf(
  [first]: readonly UnionMember[],
  discriminant: string,
  file: FileContext,
): readonly Field[] {
  if (first?.type.kind !== "ref") return [];
  const { definition } = file.declaration(first.type.name);
  return definition.kind === "object" ? definition.fields.filter(({ name }) => name === discriminant) : [];
}
