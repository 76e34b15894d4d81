import type { TupleType, Type } from "../../model/type.js";
import { breakList, counted, guard, indentLines } from "../layout.js";
import type { CodecVerb } from "../naming.js";
import { typeText } from "../type-text.js";
import {
  annotation,
  type Conversion,
  convert,
  type FunctionContext,
  refusal,
  resultName,
  type Source,
  within,
} from "./convert.js";

/** The elements of a tuple, one after the other. */
export function convertTuple(context: FunctionContext, type: TupleType, source: Source): Conversion {
  const { name } = source;
  const required = type.items.filter((item) => !item.optional).length;
  const growing = type.rest !== undefined || required < type.items.length;
  const check = guard(
    tupleMisfit(type, name, context.verb),
    refusal(context, source, describe(type, required)),
  );
  const fixed = type.items.slice(0, required).map(({ type: item }, position) => {
    const part = context.names.take(`${name}${position}`);
    const converted = convert(context, item, { name: part, key: String(position) });
    const take = `const ${part}${annotation(context, item)} = ${name}[${position}];`;
    return { lines: [take, ...converted.lines], result: converted.result };
  });
  const lines = fixed.flatMap((part) => part.lines);
  const elements = fixed.map((part) => part.result);
  if (!growing) {
    return {
      lines: [...check, ...within(context, source.key, lines)],
      result: breakList("[", elements, "]"),
    };
  }
  const result = context.names.take(resultName(context, source));
  const grown = [
    `const ${result}${context.file.typed(() => ": unknown[]")} = [${elements.join(", ")}];`,
    ...optionalElements(context, type, source, result),
    ...restElements(context, type, source, result),
  ];
  // The array grows as long as there is more, which no tuple type can follow.
  const typed =
    context.verb === "write"
      ? result
      : result + context.file.typed(() => ` as unknown as ${typeText(type, context.file)}`);
  return { lines: [...check, ...within(context, source.key, [...lines, ...grown])], result: typed };
}

/** Is true where something is no array, or one of another length. */
export function tupleMisfit({ items, rest }: TupleType, name: string, verb: CodecVerb): string {
  const required = items.filter((item) => !item.optional).length;
  const count = items.length;
  // A reader takes a longer tail: the writer may know elements that came later.
  const isOpen = rest !== undefined || verb === "read";
  const isFixed = !isOpen && required === count;
  const conditions = [`!Array.isArray(${name})`];
  if (isFixed) conditions.push(`${name}.length !== ${count}`);
  else if (required > 0) conditions.push(`${name}.length < ${required}`);
  if (!isOpen && !isFixed) conditions.push(`${name}.length > ${count}`);
  return conditions.join(" || ");
}

function describe(type: TupleType, required: number): string {
  const count = type.items.length;
  if (type.rest) return required === 0 ? "an array" : `an array of at least ${counted(required, "element")}`;
  if (required === count) return `an array of ${counted(count, "element")}`;
  const from = required === 0 ? "at most" : `${required} to`;
  return `an array of ${from} ${counted(count, "element")}`;
}

function optionalElements(
  context: FunctionContext,
  type: TupleType,
  source: Source,
  result: string,
): string[] {
  return type.items.flatMap(({ type: item, optional }, position) => {
    if (!optional) return [];
    const part = context.names.take(`${source.name}${position}`);
    const converted = convert(context, item, { name: part, key: String(position) });
    return [
      `if (${source.name}.length > ${position}) {`,
      ...indentLines([
        takeElement(context, item, part, `${source.name}[${position}]`),
        ...converted.lines,
        `${result}.push(${converted.result});`,
      ]),
      "}",
    ];
  });
}

function restElements(context: FunctionContext, type: TupleType, source: Source, result: string): string[] {
  if (!type.rest) return [];
  const index = context.names.take(`${source.name}Index`);
  const part = context.names.take(`${source.name}Item`);
  const converted = convert(context, type.rest, { name: part, key: index });
  const start = type.items.length;
  return [
    `for (let ${index} = ${start}; ${index} < ${source.name}.length; ${index}++) {`,
    ...indentLines([
      takeElement(context, type.rest, part, `${source.name}[${index}]`),
      ...converted.lines,
      `${result}.push(${converted.result});`,
    ]),
    "}",
  ];
}

/** An element that the array's length says is there, which no tuple type follows. */
function takeElement(context: FunctionContext, type: Type, part: string, element: string): string {
  const annotated = annotation(context, type);
  if (annotated !== "") return `const ${part}${annotated} = ${element};`;
  return `const ${part} = ${element}${context.file.typed(() => ` as ${typeText(type, context.file)}`)};`;
}
