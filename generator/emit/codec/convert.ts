import type { ArrayType, NullableType, RecordType, TupleType, Type } from "../../model/type.js";
import type { FileContext } from "../file-context.js";
import { breakList, guard, indentLines, quote } from "../layout.js";
import type { LocalNames } from "../local-names.js";
import { type CodecVerb, codecName, pascalCase } from "../naming.js";
import { typeText } from "../type-text.js";
import { leafOf } from "./leaf.js";

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
  /** Code of the key under which refusals name it: `"room"`, `i`, or `""` for the function's own value. */
  readonly key: string;
}

/** Emits the check and conversion of one value: a guard for a leaf, a loop for an array, a call for a declared type. */
export function convert(context: FunctionContext, type: Type, source: Source): Conversion {
  const leaf = leafOf(type, source.name, context.verb, context.file);
  if (leaf)
    return { lines: guard(leaf.misfit, refusal(context, source, leaf.expected)), result: leaf.result };
  switch (type.kind) {
    case "array":
      return convertArray(context, type, source);
    case "tuple":
      return convertTuple(context, type, source);
    case "record":
      return convertRecord(context, type, source);
    case "nullable":
      return convertNullable(context, type, source);
    case "ref":
      return convertDeclared(context, type.name, source);
    default:
      throw new Error(`No codec for a type of kind ${type.kind}.`);
  }
}

/** The type that a variable has before it is checked: leaves are looked at with suspicion everywhere. */
export function annotation(context: FunctionContext, type: Type): string {
  const checkedAsOne = leafOf(type.kind === "nullable" ? type.type : type, "x", context.verb, context.file);
  return checkedAsOne || context.verb === "read" ? ": unknown" : "";
}

export function refusal(context: FunctionContext, source: Source, expected: string): string {
  const refuse = context.file.imports.value("refuse", context.file.door);
  return `${refuse}(${source.key}, ${quote(expected)}, ${source.name});`;
}

/** Wraps statements into the level of the path that `key` names. */
function within(context: FunctionContext, key: string, lines: readonly string[]): string[] {
  if (key === '""') return [...lines];
  const { imports, door } = context.file;
  return [`${imports.value("enter", door)}(${key});`, ...lines, `${imports.value("leave", door)}();`];
}

function convertDeclared(context: FunctionContext, name: string, source: Source): Conversion {
  const call = `${codecOf(context, name)}(${source.name})`;
  if (source.key === '""') return { lines: [], result: call };
  const result = context.names.take(resultName(context, source));
  return { lines: within(context, source.key, [`const ${result} = ${call};`]), result };
}

/** The function that converts a declared type, which may stand in the codecs of another IDL file. */
export function codecOf(context: FunctionContext, type: string): string {
  const path = `codecs/${context.file.declaration(type).file}`;
  const name = codecName(context.verb, type);
  return context.file.isAt(`${path}.ts`)
    ? name
    : context.file.imports.value(name, context.file.generatedPath(path));
}

function resultName(context: FunctionContext, source: Source): string {
  return source.name + pascalCase({ write: "wire", read: "value", copy: "copy" }[context.verb]);
}

function outputType(context: FunctionContext, type: Type): string {
  return context.verb === "write" ? "unknown" : typeText(type, context.file);
}

function describeItems(type: ArrayType): string {
  const { minItems = 0, maxItems } = type;
  if (maxItems === undefined) return minItems > 0 ? `an array of at least ${minItems} items` : "an array";
  return `an array of ${minItems > 0 ? `${minItems} to` : "at most"} ${maxItems} items`;
}

function convertArray(context: FunctionContext, type: ArrayType, source: Source): Conversion {
  const { names } = context;
  const { name } = source;
  const bounds = [
    `!Array.isArray(${name})`,
    ...(type.minItems ? [`${name}.length < ${type.minItems}`] : []),
    ...(type.maxItems === undefined ? [] : [`${name}.length > ${type.maxItems}`]),
  ];
  const check = guard(bounds.join(" || "), refusal(context, source, describeItems(type)));
  const index = names.take(`${name}Index`);
  const item = names.take(`${name}Item`);
  const loop = (body: readonly string[]) => [
    `let ${index} = 0;`,
    `for (const ${item} of ${itemsOf(context, type.item, name)}) {`,
    ...indentLines([...body, `${index}++;`]),
    "}",
  ];
  const leaf = leafOf(type.item, item, context.verb, context.file);
  if (leaf && leaf.result === item) {
    const lines = within(
      context,
      source.key,
      loop(guard(leaf.misfit, refusal(context, { name: item, key: index }, leaf.expected))),
    );
    // What was read is nobody else's; what was handed in is the caller's, and stays theirs.
    return { lines: [...check, ...lines], result: context.verb === "read" ? name : `${name}.slice()` };
  }
  const result = names.take(resultName(context, source));
  const converted = convertItem(context, type.item, { name: item, key: index });
  const lines = within(context, source.key, [
    ...converted.before,
    ...loop([...converted.lines, `${result}.push(${converted.result});`]),
    ...converted.after,
  ]);
  const declared = `const ${result}: ${arrayOf(outputType(context, type.item))} = [];`;
  return { lines: [...check, declared, ...lines], result };
}

/** An array's elements, as suspicious as their type asks for. */
function itemsOf(context: FunctionContext, item: Type, name: string): string {
  const suspicious = annotation(context, item) !== "";
  return suspicious ? `${name} as readonly unknown[]` : name;
}

function arrayOf(type: string): string {
  return / \| |^readonly /.test(type) ? `(${type})[]` : `${type}[]`;
}

/** Items of a declared type move along one level of the path instead of entering and leaving it each time. */
function convertItem(context: FunctionContext, type: Type, source: Source) {
  const { imports, door } = context.file;
  if (type.kind !== "ref" || leafOf(type, source.name, context.verb, context.file)) {
    return { before: [], ...convert(context, type, source), after: [] };
  }
  const call = convertDeclared(context, type.name, { ...source, key: '""' });
  return {
    before: [`${imports.value("enter", door)}(0);`],
    lines: [`${imports.value("at", door)}(${source.key});`],
    result: call.result,
    after: [`${imports.value("leave", door)}();`],
  };
}

function convertTuple(context: FunctionContext, type: TupleType, source: Source): Conversion {
  const { name } = source;
  const parts = type.items.map((item, position) => {
    const part = context.names.take(`${name}${position}`);
    const converted = convert(context, item, { name: part, key: String(position) });
    return {
      lines: [`const ${part}${annotation(context, item)} = ${name}[${position}];`, ...converted.lines],
      result: converted.result,
    };
  });
  const count = type.items.length;
  // A reader takes a longer tail: the writer may know elements that came later.
  const misfit = `${name}.length ${context.verb === "read" ? "<" : "!=="} ${count}`;
  return {
    lines: [
      ...guard(
        `!Array.isArray(${name}) || ${misfit}`,
        refusal(context, source, `an array of ${count} elements`),
      ),
      ...within(
        context,
        source.key,
        parts.flatMap((part) => part.lines),
      ),
    ],
    result: breakList(
      "[",
      parts.map((part) => part.result),
      "]",
    ),
  };
}

function convertRecord(context: FunctionContext, type: RecordType, source: Source): Conversion {
  const { names, file } = context;
  const { name } = source;
  const isRecord = file.imports.value("isRecord", file.door);
  const key = names.take(`${name}Key`);
  const item = names.take(`${name}Item`);
  const result = names.take(resultName(context, source));
  const converted = convert(context, type.value, { name: item, key });
  const entries = `Object.entries${annotation(context, type.value) === "" ? "" : "<unknown>"}(${name})`;
  return {
    lines: [
      ...guard(`!${isRecord}(${name})`, refusal(context, source, "an object")),
      `const ${result}: Record<string, ${outputType(context, type.value)}> = {};`,
      ...within(context, source.key, [
        `for (const [${key}, ${item}] of ${entries}) {`,
        ...indentLines([
          // Assigning to it would set the prototype.
          ...guard(
            `${key} === "__proto__"`,
            `${file.imports.value("refuse", file.door)}(${key}, "another key");`,
          ),
          ...converted.lines,
          `${result}[${key}] = ${converted.result};`,
        ]),
        "}",
      ]),
    ],
    result,
  };
}

function convertNullable(context: FunctionContext, type: NullableType, source: Source): Conversion {
  const { name } = source;
  const present = context.verb === "read" ? `${name} !== null && ${name} !== undefined` : `${name} !== null`;
  const leaf = leafOf(type.type, name, context.verb, context.file);
  if (leaf) {
    const lines = guard(
      `${present} && (${leaf.misfit})`,
      refusal(context, source, `${leaf.expected}, or null`),
    );
    if (leaf.result === name) return { lines, result: context.verb === "read" ? `${name} ?? null` : name };
    const absent = context.verb === "read" ? `${name} === null || ${name} === undefined` : `${name} === null`;
    return { lines, result: `${absent} ? null : ${leaf.result}` };
  }
  const result = context.names.take(`${name}OrNull`);
  const converted = convert(context, type.type, source);
  return {
    lines: [
      `let ${result}: ${context.verb === "write" ? "unknown" : typeText(type, context.file)} = null;`,
      `if (${present}) {`,
      ...indentLines([...converted.lines, `${result} = ${converted.result};`]),
      "}",
    ],
    result,
  };
}
