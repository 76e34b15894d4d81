import type { TypeDeclaration } from "../../model/declaration.js";
import { type Doc, noDoc } from "../../model/doc.js";
import type { Method, Parameter } from "../../model/model.js";
import type { Type } from "../../model/type.js";
import { commentBefore } from "../comment.js";
import type { FileContext } from "../file-context.js";
import { breakList, guard, indentLines } from "../layout.js";
import { LocalNames } from "../local-names.js";
import { type CodecVerb, codecName } from "../naming.js";
import { declaredTypeText, typeText } from "../type-text.js";
import { annotation, convert, type FunctionContext, itself, refusal } from "./convert.js";
import { convertOptional } from "./convert-optional.js";
import { objectBody } from "./object-codec.js";
import { unionBody } from "./union-codec.js";

/** A function of a codecs file, ready for its template. */
export interface CodecFunction {
  readonly doc: string;
  /** `export function writeLine(value: Line): unknown`. */
  readonly signature: string;
  readonly lines: readonly string[];
}

const verbs: readonly CodecVerb[] = ["write", "read", "copy"];

interface Described {
  readonly stem: string;
  readonly type: string;
  readonly doc: Doc;
  body(context: FunctionContext): string[];
}

/** The three functions of a declared type; none for an enum, whose values are checked where they stand. */
export function declarationCodecs(declaration: TypeDeclaration, file: FileContext): CodecFunction[] {
  const { definition, name } = declaration;
  if (definition.kind === "enum") return [];
  const type = declaredTypeText(declaration, file);
  return emit(file, {
    stem: name,
    type,
    doc: declaration.doc,
    body: (context) =>
      definition.kind === "object"
        ? objectBody(context, definition, spoken(declaration, "an object"), type)
        : unionBody(context, definition, spoken(declaration, "another value"), type),
  });
}

/** How refusals name a type: as the IDL writes it, where that is short. */
function spoken({ name, written }: TypeDeclaration, otherwise: string): string {
  const text = (written ?? []).map((piece) => (typeof piece === "string" ? piece : piece.name)).join("");
  const named = text.replace(/^NonNullable<(.*)>$/, "$1");
  if (named === "" || named.length > 40) return otherwise;
  return /^[\w.]+(<.*>)?$/.test(named) ? `${/^[AEIOU]/.test(name) ? "an" : "a"} ${named}` : named;
}

/** The three functions of a result or a pushed value that is no declared type itself. */
export function valueCodecs(stem: string, type: Type, file: FileContext): CodecFunction[] {
  return emit(file, {
    stem,
    type: typeText(type, file),
    doc: noDoc,
    body(context) {
      const parameter = context.verb === "read" ? "wire" : "value";
      if (parameter === "wire" || annotation(context, type) === "") {
        const converted = convert(context, type, { name: parameter, key: itself });
        return [...converted.lines, `return ${converted.result};`];
      }
      const name = context.names.take("given");
      const converted = convert(context, type, { name, key: itself });
      return [`const ${name}: unknown = value;`, ...converted.lines, `return ${converted.result};`];
    },
  });
}

/** The three functions of a method's arguments. */
export function argumentCodecs(stem: string, method: Method, file: FileContext): CodecFunction[] {
  return emit(file, {
    stem,
    type: argumentsType(method, file),
    doc: noDoc,
    body: (context) => argumentsBody(context, method.parameters),
  });
}

/** The arguments as a tuple. Optional ones are there as `undefined`, so that the tuple's length is fixed. */
export function argumentsType(method: Method, file: FileContext): string {
  const parts = method.parameters.map(
    ({ name, optional, type }) => `${name}: ${typeText(type, file)}${optional ? " | undefined" : ""}`,
  );
  return `[${parts.join(", ")}]`;
}

function argumentsBody(context: FunctionContext, parameters: readonly Parameter[]): string[] {
  const source = context.verb === "read" ? "wire" : "value";
  const results: string[] = [];
  const names = parameters.map(({ name }) => context.names.take(name));
  const lines = parameters.flatMap(({ name: key, optional, type }, position) => {
    const name = names[position] ?? "";
    const from = { name, key: JSON.stringify(key) };
    const take = `const ${name}${annotation(context, type)} = ${source}[${position}];`;
    if (!optional) {
      const converted = convert(context, type, from);
      results.push(converted.result);
      return [take, ...converted.lines];
    }
    const given = context.names.take(`${name}Given`);
    results.push(given);
    const declared =
      context.verb === "write" ? "unknown = null" : `${typeText(type, context.file)} | undefined`;
    return [
      take,
      `let ${given}: ${declared};`,
      ...convertOptional(context, type, from, (result) => `${given} = ${result};`),
    ];
  });
  const check = guard(
    `!Array.isArray(${source})`,
    refusal(context, { name: source, key: itself }, "an array of arguments"),
  );
  return [...check, ...lines, breakList("return [", results, "];")];
}

function emit(file: FileContext, described: Described): CodecFunction[] {
  return verbs.map((verb) => ({
    doc: verb === "write" ? commentBefore(described.doc) : "",
    signature: breakList(
      `export function ${codecName(verb, described.stem)}(`,
      [verb === "read" ? "wire: unknown" : `value: ${described.type}`],
      `): ${verb === "write" ? "unknown" : described.type}`,
    ),
    lines: indentLines(described.body({ file, verb, names: new LocalNames() }), ""),
  }));
}
