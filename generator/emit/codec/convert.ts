import type { NullableType, Type } from "../../model/type.js";
import type { FileContext } from "../file-context.js";
import { guard, indentLines, quote } from "../layout.js";
import type { LocalNames } from "../local-names.js";
import { type CodecVerb, codecName, pascalCase } from "../naming.js";
import { typeText } from "../type-text.js";
import { convertArray } from "./convert-array.js";
import { convertMap, convertRecord, convertSet } from "./convert-keyed.js";
import { convertTuple } from "./convert-tuple.js";
import { isLeaf, leafOf, resultOf } from "./leaf.js";

/** What the emitters of one codec function share. */
export interface FunctionContext {
  readonly file: FileContext;
  readonly verb: CodecVerb;
  readonly names: LocalNames;
}

/** Statements that check and convert a value, and the expression of what they make. */
export interface Conversion {
  readonly lines: readonly string[];
  readonly result: string;
}

/** A value in a variable. */
export interface Source {
  /** The variable. Of a leaf's type it is declared `unknown`; of others, as its type in `write` and `copy`. */
  readonly name: string;
  /** Code of the key under which refusals name it: `"room"`, `i`, or `null` for the function's own value. */
  readonly key: string;
}

/** The key of the value that a function is about. */
export const itself = "null";

/** Emits the check and conversion of one value: a guard for a leaf, a loop for an array, a call for a declared type. */
export function convert(context: FunctionContext, type: Type, source: Source): Conversion {
  const leaf = leafOf(type, source.name, context.verb, context.file);
  if (leaf)
    return { lines: guard(leaf.misfit, refusal(context, source, leaf.expected)), result: resultOf(leaf) };
  switch (type.kind) {
    case "array":
      return convertArray(context, type, source);
    case "tuple":
      return convertTuple(context, type, source);
    case "record":
      return convertRecord(context, type, source);
    case "map":
      return convertMap(context, type, source);
    case "set":
      return convertSet(context, type, source);
    case "nullable":
      return convertNullable(context, type, source);
    case "unknown": {
      const copyUnknown = context.file.imports.value("copyUnknown", context.file.door);
      // A missing tail is nil.
      const given = context.verb === "read" ? `${source.name} ?? null` : source.name;
      return callConverter(context, copyUnknown, source, given);
    }
    case "ref":
      return callConverter(context, codecOf(context, type.name), source);
    default:
      throw new Error(`No codec for a type of kind ${type.kind}.`);
  }
}

/** The type that a variable has before it is checked: leaves are looked at with suspicion everywhere. */
export function annotation(context: FunctionContext, type: Type): string {
  return context.file.typed(() =>
    context.verb === "read" || isSuspicious(context, type) ? ": unknown" : "",
  );
}

/** Whether a value of the type is checked as a whole, so that it must not be taken for what its type says. */
export function isSuspicious(context: FunctionContext, type: Type): boolean {
  const checked = type.kind === "nullable" ? type.type : type;
  return checked.kind === "unknown" || isLeaf(checked, context.file);
}

export function refusal(context: FunctionContext, source: Source, expected: string): string {
  const refuse = context.file.imports.value("refuse", context.file.door);
  return `${refuse}(${source.key}, ${quote(expected)}, ${source.name});`;
}

/** Wraps statements into the level of the path that `key` names. */
export function within(context: FunctionContext, key: string, lines: readonly string[]): string[] {
  if (key === itself || lines.length === 0) return [...lines];
  const { imports, door } = context.file;
  return [`${imports.value("enter", door)}(${key});`, ...lines, `${imports.value("leave", door)}();`];
}

function callConverter(
  context: FunctionContext,
  converter: string,
  source: Source,
  given = source.name,
): Conversion {
  const call = `${converter}(${given})`;
  if (source.key === itself) return { lines: [], result: call };
  const result = context.names.take(resultName(context, source));
  return { lines: within(context, source.key, [`const ${result} = ${call};`]), result };
}

/** The function that converts a declared type, which may stand in the codecs of another IDL file. */
export function codecOf(context: FunctionContext, type: string): string {
  const path = `codecs/${context.file.declaration(type).file}`;
  const name = codecName(context.verb, type);
  return context.file.isAt(path) ? name : context.file.imports.value(name, context.file.generatedPath(path));
}

export function resultName(context: FunctionContext, source: Source): string {
  return source.name + pascalCase({ write: "wire", read: "value", copy: "copy" }[context.verb]);
}

/** The type of what a conversion makes, where TypeScript reads it, such as `<Line>`. */
export function outputType({ file, verb }: FunctionContext, type: Type, before: string, after = ""): string {
  return file.typed(() => before + (verb === "write" ? "unknown" : typeText(type, file)) + after);
}

/** Whether null is a value of the type. */
export function admitsNull(type: Type): boolean {
  return type.kind === "nullable" || type.kind === "null" || type.kind === "unknown";
}

function convertNullable(context: FunctionContext, type: NullableType, source: Source): Conversion {
  const { name } = source;
  const present = context.verb === "read" ? `${name} !== null && ${name} !== undefined` : `${name} !== null`;
  const leaf = leafOf(type.type, name, context.verb, context.file);
  if (leaf) {
    const misfit = leaf.misfit.includes(" || ") ? `(${leaf.misfit})` : leaf.misfit;
    const lines = guard(`${present} && ${misfit}`, refusal(context, source, `${leaf.expected}, or null`));
    if (leaf.result === name && !leaf.asserted)
      return { lines, result: context.verb === "read" ? `${name} ?? null` : name };
    const absent = context.verb === "read" ? `${name} === null || ${name} === undefined` : `${name} === null`;
    return { lines, result: `${absent} ? null : ${resultOf(leaf)}` };
  }
  const result = context.names.take(`${name}OrNull`);
  const converted = convert(context, type.type, source);
  return {
    lines: [
      `let ${result}${outputType(context, type, ": ")} = null;`,
      `if (${present}) {`,
      ...indentLines([...converted.lines, `${result} = ${converted.result};`]),
      "}",
    ],
    result,
  };
}
