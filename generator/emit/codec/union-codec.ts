import type { UnionDefinition } from "../../model/declaration.js";
import { guard, indentLines, quote } from "../layout.js";
import { propertyAccess } from "../naming.js";
import { typeText } from "../type-text.js";
import { codecOf, type FunctionContext, refusal } from "./convert.js";

/** The body of a codec of a union: a switch over the discriminant, or over the member's index on the wire. */
export function unionBody(context: FunctionContext, definition: UnionDefinition, what: string): string[] {
  return context.verb === "read" ? readBody(context, definition, what) : valueBody(context, definition, what);
}

function valueBody(context: FunctionContext, definition: UnionDefinition, what: string): string[] {
  const { file, verb } = context;
  const refuse = file.imports.value("refuse", file.door);
  const discriminant = propertyAccess("value", definition.discriminant);
  const expected = definition.members.map((member) => JSON.stringify(member.tag)).join(" or ");
  const cases = definition.members.flatMap((member) => {
    // TypeScript does not narrow by comparing an enum with the value of its member.
    const narrowed = definition.discriminantIsEnum
      ? `value as ${typeText({ kind: "ref", name: member.type }, file)}`
      : "value";
    const converted = `${codecOf(context, member.type)}(${narrowed})`;
    const result = verb === "write" ? `[${member.position}, ${converted}]` : converted;
    return [`case ${JSON.stringify(member.tag)}:`, `  return ${result};`];
  });
  const subject = definition.discriminantIsEnum ? `${discriminant} as unknown` : discriminant;
  return [
    ...guard(
      'typeof value !== "object" || value === null',
      refusal(context, { name: "value", key: '""' }, what),
    ),
    `switch (${subject}) {`,
    ...indentLines([
      ...cases,
      "default:",
      `  return ${refuse}(${JSON.stringify(definition.discriminant)}, ${quote(expected)});`,
    ]),
    "}",
  ];
}

function readBody(context: FunctionContext, definition: UnionDefinition, what: string): string[] {
  const refuse = context.file.imports.value("refuse", context.file.door);
  const cases = [...definition.members]
    .sort((a, b) => a.position - b.position)
    .flatMap((member) => [`case ${member.position}:`, `  return ${codecOf(context, member.type)}(wire[1]);`]);
  return [
    ...guard("!Array.isArray(wire)", refusal(context, { name: "wire", key: '""' }, what)),
    "switch (wire[0] as unknown) {",
    ...indentLines([...cases, "default:", `  return ${refuse}("", ${quote(what)});`]),
    "}",
  ];
}
