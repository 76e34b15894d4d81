import type { Field, ObjectDefinition } from "../../model/declaration.js";
import { breakList, guard } from "../layout.js";
import { propertyAccess, propertyKey } from "../naming.js";
import { annotation, convert, type FunctionContext, itself, refusal } from "./convert.js";
import { convertOptional } from "./convert-optional.js";

interface FieldCode {
  readonly field: Field;
  /** The variable with the field's value as it came. */
  readonly name: string;
}

/** The body of a codec of an object: between `value.room` and the array's `wire[0]`. */
export function objectBody(
  context: FunctionContext,
  definition: ObjectDefinition,
  what: string,
  type: string,
): string[] {
  const fields = definition.fields.map((field) => ({ field, name: context.names.take(field.name) }));
  return [
    ...checkContainer(context, definition, what),
    ...(context.verb === "write" ? writeBody(context, fields) : buildBody(context, fields, type)),
  ];
}

function checkContainer(context: FunctionContext, definition: ObjectDefinition, what: string): string[] {
  if (context.verb === "read")
    return guard("!Array.isArray(wire)", refusal(context, { name: "wire", key: itself }, what));
  return guard(objectMisfit(definition), refusal(context, { name: "value", key: itself }, what));
}

/** Is true where `value` is nothing that could have the fields. */
export function objectMisfit({ fields }: ObjectDefinition): string {
  // An array has none of the fields, which tells it apart unless all of them may be absent.
  const lax = fields.every((field) => field.optional) ? " || Array.isArray(value)" : "";
  return `typeof value !== "object" || value === null${lax}`;
}

function writeBody(context: FunctionContext, fields: readonly FieldCode[]): string[] {
  const places: string[] = [];
  const lines = fields.flatMap(({ field, name }) => {
    const source = { name, key: JSON.stringify(field.name) };
    const take = takeField(context, field, name);
    if (!field.optional) {
      const converted = convert(context, field.type, source);
      places[field.position] = converted.result;
      return [take, ...converted.lines];
    }
    const wire = context.names.take(`${name}OrNil`);
    places[field.position] = wire;
    return [
      take,
      `let ${wire}${context.file.typed(() => ": unknown")} = null;`,
      ...convertOptional(context, field.type, source, (result) => `${wire} = ${result};`),
    ];
  });
  const array = Array.from(places, (place) => place ?? "null"); // A field that was removed left its place empty.
  return [...lines, breakList("return [", array, "];")];
}

function buildBody(context: FunctionContext, fields: readonly FieldCode[], type: string): string[] {
  const required = fields.filter(({ field }) => !field.optional);
  const optional = fields.filter(({ field }) => field.optional);
  const entries: string[] = [];
  const lines = required.flatMap(({ field, name }) => {
    const converted = convert(context, field.type, { name, key: JSON.stringify(field.name) });
    const key = propertyKey(field.name);
    // A field named `null` has a variable of another name; the result `null` is none.
    const isVariable = key === name && name === converted.result;
    entries.push(isVariable ? key : `${key}: ${converted.result}`);
    return [takeField(context, field, name), ...converted.lines];
  });
  if (optional.length === 0) return [...lines, breakList("return { ", entries, " };")];
  const result = context.names.take(context.verb === "read" ? "result" : "copied");
  const created = entries.length === 0 ? "{}" : breakList("{ ", entries, " }");
  const mutable = context.file.typed(
    () => `: ${context.file.imports.type("Mutable", context.file.door)}<${type}>`,
  );
  return [
    ...lines,
    `const ${result}${mutable} = ${created};`,
    ...optional.flatMap(({ field, name }) => [
      takeField(context, field, name),
      ...convertOptional(
        context,
        field.type,
        { name, key: JSON.stringify(field.name) },
        (converted) => `${propertyAccess(result, field.name)} = ${converted};`,
      ),
    ]),
    `return ${result};`,
  ];
}

function takeField(context: FunctionContext, field: Field, name: string): string {
  const source = context.verb === "read" ? `wire[${field.position}]` : propertyAccess("value", field.name);
  return `const ${name}${annotation(context, field.type)} = ${source};`;
}
