import type { TypeDeclaration } from "../../model/declaration.js";
import { type Doc, noDoc } from "../../model/doc.js";
import type { Method, Parameter } from "../../model/model.js";
import type { Type } from "../../model/type.js";
import { commentBefore } from "../comment.js";
import type { FileContext } from "../file-context.js";
import { breakList, guard, indentLines } from "../layout.js";
import { LocalNames } from "../local-names.js";
import { type CodecVerb, codecConstant, codecName } from "../naming.js";
import { declaredTypeText, typeText } from "../type-text.js";
import { annotation, convert, type FunctionContext, isSuspicious, itself, refusal } from "./convert.js";
import { convertOptional } from "./convert-optional.js";
import { guardFunctions } from "./guard-functions.js";
import { objectBody } from "./object-codec.js";
import { unionBody } from "./union-codec.js";

/** A function of a codecs file, ready for its template. */
export interface CodecFunction {
  readonly doc: string;
  /** `export function writeLine(value: Line): unknown`. */
  readonly signature: string;
  readonly body: string;
}

/** The three functions of a type, the constant that holds them, and, where the type has a name, its guard. */
export interface CodecGroup {
  readonly functions: readonly CodecFunction[];
  /** `export const lineCodec = { write: writeLine, read: readLine, copy: copyLine };`. */
  readonly constant: string;
}

const verbs: readonly CodecVerb[] = ["write", "read", "copy"];

interface Described {
  readonly stem: string;
  readonly type: string;
  readonly doc: Doc;
  body(context: FunctionContext): string[];
}

/** The functions of a declared type; none for an enum, whose values are checked where they stand. */
export function declarationCodecs(declaration: TypeDeclaration, file: FileContext): CodecGroup | undefined {
  const { definition, name } = declaration;
  if (definition.kind === "enum") return undefined;
  const type = file.typed(() => declaredTypeText(declaration, file));
  const codecs = emit(file, {
    stem: name,
    type,
    doc: declaration.doc,
    body: (context) =>
      definition.kind === "object"
        ? objectBody(context, definition, spoken(declaration, "an object"), type)
        : unionBody(context, definition, spoken(declaration, "another value"), type),
  });
  return { ...codecs, functions: [...codecs.functions, ...guardFunctions(declaration, type, file)] };
}

/** How refusals name a type: as the IDL writes it, where that is short. */
function spoken({ name, written }: TypeDeclaration, otherwise: string): string {
  const text = (written ?? []).map((piece) => (typeof piece === "string" ? piece : piece.name)).join("");
  const named = text.replace(/^NonNullable<(.*)>$/, "$1");
  if (named === "" || named.length > 40) return otherwise;
  return /^[\w.]+(<.*>)?$/.test(named) ? `${/^[AEIOU]/.test(name) ? "an" : "a"} ${named}` : named;
}

/** The three functions of a result or a pushed value that is no declared type itself. */
export function valueCodecs(stem: string, type: Type, file: FileContext): CodecGroup {
  return emit(file, {
    stem,
    type: file.typed(() => typeText(type, file)),
    doc: noDoc,
    body(context) {
      const parameter = context.verb === "read" ? "wire" : "value";
      if (parameter === "wire" || !isSuspicious(context, type)) {
        const converted = convert(context, type, { name: parameter, key: itself });
        return [...converted.lines, `return ${converted.result};`];
      }
      const name = context.names.take("given");
      const converted = convert(context, type, { name, key: itself });
      return [
        `const ${name}${annotation(context, type)} = value;`,
        ...converted.lines,
        `return ${converted.result};`,
      ];
    },
  });
}

/** The three functions of a method's arguments. */
export function argumentCodecs(stem: string, method: Method, file: FileContext): CodecGroup {
  return emit(file, {
    stem,
    type: file.typed(() => argumentsType(method, file)),
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
    const declared = context.file.typed(() =>
      context.verb === "write" ? ": unknown" : `: ${typeText(type, context.file)} | undefined`,
    );
    return [
      take,
      `let ${given}${declared}${context.verb === "write" ? " = null" : ""};`,
      ...convertOptional(context, type, from, (result) => `${given} = ${result};`),
    ];
  });
  const check = guard(
    `!Array.isArray(${source})`,
    refusal(context, { name: source, key: itself }, "an array of arguments"),
  );
  return [...check, ...lines, breakList("return [", results, "];")];
}

function constant({ stem, type }: Described, file: FileContext): string {
  const annotated = file.typed(() => `: ${file.imports.type("Codec", file.door)}<${type}>`);
  const functions = verbs.map((verb) => `${verb}: ${codecName(verb, stem)}`);
  return breakList(`export const ${codecConstant(stem)}${annotated} = { `, functions, " };");
}

function emit(file: FileContext, described: Described): CodecGroup {
  const { stem, type } = described;
  const functions = verbs.map((verb) => ({
    doc: verb === "write" ? commentBefore(described.doc) : "",
    signature: breakList(
      `export function ${codecName(verb, stem)}(`,
      [verb === "read" ? `wire${file.typed(() => ": unknown")}` : `value${file.typed(() => `: ${type}`)}`],
      `)${file.typed(() => `: ${verb === "write" ? "unknown" : type}`)}`,
    ),
    // In one piece: line by line, templates took a tenth of all the time.
    body: indentLines(described.body({ file, verb, names: new LocalNames() })).join("\n"),
  }));
  return { functions, constant: constant(described, file) };
}
