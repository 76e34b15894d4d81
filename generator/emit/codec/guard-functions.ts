import type { Field, TypeDeclaration, UnionDefinition, UnionMember } from "../../model/declaration.js";
import type { FileContext } from "../file-context.js";
import { breakList, guard, indentLines } from "../layout.js";
import { LocalNames } from "../local-names.js";
import { codecName, guardName, innerGuardName, propertyAccess, propertyKey } from "../naming.js";
import { check, type GuardContext, misfitOf, refuse } from "./check.js";
import type { CodecFunction } from "./codec-functions.js";
import { objectMisfit } from "./object-codec.js";
import { literalTest, testOf } from "./union-codec.js";

/**
 * The function that says whether a value is one of a declared type: for the same values as a copy, but it makes
 * nothing, and no path of what does not fit. Of a type whose values nest without bound there is one more, which counts
 * the levels.
 */
export function guardFunctions(
  { name, definition }: TypeDeclaration,
  type: string,
  file: FileContext,
): CodecFunction[] {
  if (definition.kind === "enum") return [];
  const isEndless = !Number.isFinite(file.levelsOf(name));
  const context = { file, names: new LocalNames(true) };
  const says = file.typed(() => `: value is ${type}`);
  const make = (called: string, depth: string, body: readonly string[]): CodecFunction => ({
    // In JavaScript it stands in the declarations.
    doc:
      called === guardName(name)
        ? file.typed(() => "/** Whether a value fits, as those of a call have to. */\n")
        : "",
    signature: `export function ${called}(value${file.typed(() => ": unknown")}${depth})${says}`,
    body: indentLines(body).join("\n"),
  });
  if (isEndless) context.names.take("depth");
  const body =
    definition.kind === "object" ? checkObject(context, definition.fields) : checkUnion(context, definition);
  if (!isEndless) return [make(guardName(name), "", body)];
  const { imports, door } = file;
  const levels = file.levelsToEndless(name);
  const isNear = `depth${levels === 0 ? "" : ` + ${levels}`} > ${imports.value("maxDepth", door)}`;
  // So the depth has to be looked at once for each value.
  const nearEnd = `if (${isNear}) return ${imports.value("takesAt", door)}(${codecName("copy", name)}, value, depth);`;
  return [
    make(guardName(name), "", [`return ${innerGuardName(name)}(value, 0);`]),
    make(innerGuardName(name), `, depth${file.typed(() => ": number")}`, [nearEnd, ...body]),
  ];
}

function checkObject(context: GuardContext, fields: readonly Field[]): string[] {
  const taken = fields.map((field) => ({ field, name: context.names.take(field.name) }));
  const entries = taken.map(({ field, name }) => {
    const key = propertyKey(field.name);
    return key === name ? key : `${key}: ${name}`;
  });
  const known = context.file.typed(() => " as { readonly [key: string]: unknown }");
  return [
    ...guard(objectMisfit({ kind: "object", fields }), refuse),
    ...(fields.length === 0 ? [] : [breakList("const { ", entries, ` } = value${known};`)]),
    ...taken.flatMap(({ field, name }) => {
      const present = field.optional ? { present: `${name} !== undefined` } : {};
      return check(context, field.type, { name, level: 1, ...present });
    }),
    "return true;",
  ];
}

function checkUnion(context: GuardContext, definition: UnionDefinition): string[] {
  const objects = definition.members.filter(({ kind }) => kind === "object");
  const others = definition.members.filter(({ kind }) => kind !== "object");
  if (others.length === 0 && definition.literals.length === 0) {
    return [
      ...guard('typeof value !== "object" || value === null', refuse),
      ...checkObjects(context, definition, objects),
    ];
  }
  return [
    ...(definition.literals.length > 0 ? guard(literalTest(definition, "value"), "return true;") : []),
    ...others.flatMap((member) => [
      `if (${testOf(member)}) {`,
      ...indentLines(checkMember(context, member)),
      "}",
    ]),
    ...(objects.length > 0
      ? [
          'if (typeof value === "object" && value !== null) {',
          ...indentLines(checkObjects(context, definition, objects)),
          "}",
        ]
      : []),
    refuse,
  ];
}

/** The objects among the members: one, or several with a discriminant. */
function checkObjects(
  context: GuardContext,
  { discriminant = "" }: UnionDefinition,
  objects: readonly UnionMember[],
): string[] {
  const [only] = objects;
  if (only && objects.length === 1) return checkMember(context, only);
  const known = context.file.typed(() => ` as { readonly ${propertyKey(discriminant)}: unknown }`);
  return [
    `switch (${propertyAccess(known === "" ? "value" : `(value${known})`, discriminant)}) {`,
    ...indentLines([
      ...objects.flatMap((member) => [
        ...(member.tags ?? []).map((tag) => `case ${JSON.stringify(tag)}:`),
        ...indentLines(checkMember(context, member)),
      ]),
      "default:",
      `  ${refuse}`,
    ]),
    "}",
  ];
}

function checkMember(context: GuardContext, { type }: UnionMember): string[] {
  const place = { name: "value", level: 0 };
  const misfit = type.kind === "ref" ? misfitOf(context, type, place) : undefined;
  if (misfit?.startsWith("!is")) return [`return ${misfit.slice(1)};`];
  return [...check(context, type, place), "return true;"];
}
