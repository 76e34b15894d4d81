import type { UnionDefinition, UnionMember } from "../../model/declaration.js";
import { guard, indentLines, quote } from "../layout.js";
import { propertyAccess, propertyKey } from "../naming.js";
import { typeText } from "../type-text.js";
import { convert, type FunctionContext, isSuspicious, itself, refusal } from "./convert.js";

/** The body of a codec of a union: what the value is decides, or the member's index on the wire. */
export function unionBody(
  context: FunctionContext,
  definition: UnionDefinition,
  what: string,
  type: string,
): string[] {
  return context.verb === "read"
    ? readBody(context, definition, what, type)
    : valueBody(context, definition, what, type);
}

function valueBody(
  context: FunctionContext,
  definition: UnionDefinition,
  what: string,
  type: string,
): string[] {
  const objects = definition.members.filter(({ kind }) => kind === "object");
  const others = definition.members.filter(({ kind }) => kind !== "object");
  const refuse = refusal(context, { name: "value", key: itself }, what);
  if (others.length === 0 && definition.literals.length === 0) {
    return [
      ...guard('typeof value !== "object" || value === null', refuse),
      ...objectBody(context, definition, objects, true),
    ];
  }
  // TypeScript compares members of an enum with their names only, and does not know all their values.
  const literal = definition.enums ? context.names.take("literal") : "value";
  const lines = [
    ...(definition.enums ? [`const ${literal}${unknownType(context)} = value;`] : []),
    ...literalLines(context, definition, literal, type),
    ...others.flatMap((member) => [
      `if (${testOf(member)}) {`,
      ...indentLines(memberLines(context, member)),
      "}",
    ]),
  ];
  if (objects.length > 0) {
    lines.push(
      'if (typeof value === "object" && value !== null) {',
      ...indentLines(objectBody(context, definition, objects, false)),
      "}",
    );
  }
  return [...lines, `return ${refuse}`];
}

/** Is true where `value` is of the member's kind. */
export function testOf(member: UnionMember): string {
  switch (member.kind) {
    case "string":
    case "number":
    case "bigint":
    case "boolean":
      return `typeof value === "${member.kind}"`;
    case "array":
      return "Array.isArray(value)";
    default:
      return `value instanceof ${member.kind}`;
  }
}

function unknownType({ file }: FunctionContext): string {
  return file.typed(() => ": unknown");
}

function literalLines(
  { file, verb }: FunctionContext,
  definition: UnionDefinition,
  name: string,
  type: string,
): string[] {
  if (definition.literals.length === 0) return [];
  const assertion = file.typed(() => ` as ${verb === "write" ? "unknown" : type}`);
  return guard(literalTest(definition, name), `return ${name}${assertion};`);
}

/** Is true where a value is one of the union's literals. */
export function literalTest({ literals }: UnionDefinition, name: string): string {
  return literals.map((literal) => `${name} === ${JSON.stringify(literal)}`).join(" || ");
}

function memberLines(context: FunctionContext, member: UnionMember): string[] {
  const suspicious = isSuspicious(context, member.type);
  const name = suspicious ? context.names.take("given") : "value";
  const converted = convert(context, member.type, { name, key: itself });
  return [
    ...(suspicious ? [`const ${name}${unknownType(context)} = value;`] : []),
    ...converted.lines,
    `return ${wrap(context, member, converted.result)};`,
  ];
}

function wrap(context: FunctionContext, member: UnionMember, result: string): string {
  return context.verb === "write" ? `[${member.position}, ${result}]` : result;
}

/** The objects among the members: one, or several with a discriminant. */
function objectBody(
  context: FunctionContext,
  definition: UnionDefinition,
  objects: readonly UnionMember[],
  narrowed: boolean,
): string[] {
  const { file } = context;
  // TypeScript does not narrow by the value of an enum's member, nor to what is left when arrays are gone.
  const name = (member: UnionMember) => {
    if (narrowed && !definition.discriminantIsEnum) return "value";
    return `value${file.typed(() => ` as ${typeText(member.type, file)}`)}`;
  };
  const convertObject = (member: UnionMember) => {
    const given = member.type.kind === "ref" ? name(member) : context.names.take("given");
    const converted = convert(context, member.type, { name: given, key: itself });
    return [
      ...(member.type.kind === "ref" ? [] : [`const ${given} = ${name(member)};`]),
      ...converted.lines,
      `return ${wrap(context, member, converted.result)};`,
    ];
  };
  const [only] = objects;
  const { discriminant = "" } = definition;
  if (only && objects.length === 1) return convertObject(only);
  const tags = objects.flatMap((member) => member.tags ?? []);
  const expected = tags.map((tag) => JSON.stringify(tag)).join(" or ");
  const cases = objects.flatMap((member) => [
    ...(member.tags ?? []).map((tag) => `case ${JSON.stringify(tag)}:`),
    ...indentLines(convertObject(member)),
  ]);
  const refuse = file.imports.value("refuse", file.door);
  const isTyped = file.form === "js" || (narrowed && !definition.discriminantIsEnum);
  const subject = isTyped ? "value" : `(value as { readonly ${propertyKey(discriminant)}: unknown })`;
  return [
    `switch (${propertyAccess(subject, discriminant)}) {`,
    ...indentLines([
      ...cases,
      "default:",
      `  return ${refuse}(${JSON.stringify(discriminant)}, ${quote(expected)});`,
    ]),
    "}",
  ];
}

function readBody(
  context: FunctionContext,
  definition: UnionDefinition,
  what: string,
  type: string,
): string[] {
  const refuse = refusal(context, { name: "wire", key: itself }, what);
  const cases = [...definition.members]
    .sort((a, b) => a.position - b.position)
    .flatMap((member) => {
      const name = context.names.take("member");
      const converted = convert(context, member.type, { name, key: itself });
      const lines =
        member.type.kind === "ref" && converted.lines.length === 0
          ? [`return ${converted.result.replace(`(${name})`, "(wire[1])")};`]
          : [
              `const ${name}${unknownType(context)} = wire[1];`,
              ...converted.lines,
              `return ${converted.result};`,
            ];
      return lines.length === 1
        ? [`case ${member.position}:`, ...indentLines(lines)]
        : [`case ${member.position}: {`, ...indentLines(lines), "}"];
    });
  return [
    ...literalLines(context, definition, "wire", type),
    ...guard("!Array.isArray(wire)", refuse),
    `switch (wire[0]${context.file.typed(() => " as unknown")}) {`,
    ...indentLines([...cases, "default:", `  return ${refuse}`]),
    "}",
  ];
}
