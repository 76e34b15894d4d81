import type { ArrayType, Type } from "../../model/type.js";
import { counted, guard, indentLines } from "../layout.js";
import {
  type Conversion,
  convert,
  type FunctionContext,
  isSuspicious,
  itself,
  outputType,
  refusal,
  resultName,
  type Source,
  within,
} from "./convert.js";
import { isLeaf, leafOf } from "./leaf.js";

/** A loop over an array. */
export function convertArray(context: FunctionContext, type: ArrayType, source: Source): Conversion {
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
  const items =
    isSuspicious(context, type.item) || context.verb === "read" ? unknownItems(context, name) : name;
  const leaf = leafOf(type.item, item, context.verb, context.file);
  // Of items that nothing is done to but to look at them, the array is the copy.
  if (leaf && leaf.result === item) {
    const body = guard(leaf.misfit, refusal(context, { name: item, key: index }, leaf.expected));
    return {
      lines: [...check, ...within(context, source.key, loop({ index, item, items, body }))],
      // What was read is nobody else's; what was handed in is the caller's, and stays theirs.
      result: context.verb === "read" ? name : `${name}.slice()`,
    };
  }
  const result = names.take(resultName(context, source));
  const converted = convertItem(context, type.item, { name: item, key: index });
  const body = [...converted.lines, `${result}[${index}] = ${converted.result};`];
  return {
    lines: [
      ...check,
      // Of its size from the start: the first `push` makes room for 17 items.
      `const ${result} = new Array${outputType(context, type.item, "<", ">")}(${name}.length);`,
      ...within(context, source.key, [
        ...converted.before,
        ...loop({ index, item, items, body }),
        ...converted.after,
      ]),
    ],
    result,
  };
}

/** A list of which nothing is known but that it is one. */
export function unknownItems({ file }: FunctionContext, name: string): string {
  return name + file.typed(() => " as readonly unknown[]");
}

interface Loop {
  readonly index: string;
  readonly item: string;
  /** What to go over. */
  readonly items: string;
  readonly body: readonly string[];
}

/** A loop that counts: for the path, and cheaper than `entries()`. */
export function loop({ index, item, items, body }: Loop): string[] {
  return [
    `let ${index} = 0;`,
    `for (const ${item} of ${items}) {`,
    ...indentLines([...body, `${index}++;`]),
    "}",
  ];
}

/** Items of a declared type move along one level of the path instead of entering and leaving it each time. */
export function convertItem(context: FunctionContext, type: Type, source: Source) {
  const { imports, door } = context.file;
  if (type.kind !== "ref" || isLeaf(type, context.file)) {
    return { before: [], ...convert(context, type, source), after: [] };
  }
  return {
    before: [`${imports.value("enter", door)}(0);`],
    lines: [`${imports.value("at", door)}(${source.key});`],
    result: convert(context, type, { ...source, key: itself }).result,
    after: [`${imports.value("leave", door)}();`],
  };
}

function describeItems(type: ArrayType): string {
  const { minItems = 0, maxItems } = type;
  if (maxItems === undefined)
    return minItems > 0 ? `an array of at least ${counted(minItems, "item")}` : "an array";
  return `an array of ${minItems > 0 ? `${minItems} to` : "at most"} ${counted(maxItems, "item")}`;
}
