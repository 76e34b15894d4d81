import type { MapType, RecordType, SetType } from "../../model/type.js";
import { guard, indentLines, quote } from "../layout.js";
import { typeText } from "../type-text.js";
import {
  annotation,
  type Conversion,
  convert,
  type FunctionContext,
  itself,
  outputType,
  refusal,
  resultName,
  type Source,
  within,
} from "./convert.js";
import { convertItem, loop, loopOverArray } from "./convert-array.js";
import { leafOf, resultOf } from "./leaf.js";

/** The entries of an object with keys of any name. */
export function convertRecord(context: FunctionContext, type: RecordType, source: Source): Conversion {
  const { names, file } = context;
  const { name } = source;
  const isRecord = file.imports.value("isRecord", file.door);
  const key = names.take(`${name}Key`);
  const item = names.take(`${name}Item`);
  const result = names.take(resultName(context, source));
  const converted = convert(context, type.value, { name: item, key });
  const leaf = type.key && leafOf(type.key, key, "copy", file);
  const place = leaf ? resultOf(leaf) : key;
  const entries = `Object.entries${annotation(context, type.value) && "<unknown>"}(${name})`;
  const refuse = file.imports.value("refuse", file.door);
  const keyType = file.typed(() =>
    type.key && context.verb !== "write" ? typeText(type.key, file) : "string",
  );
  return {
    lines: [
      ...guard(`!${isRecord}(${name})`, refusal(context, source, "an object")),
      `const ${result}${file.typed(() => `: Record<${keyType}, ${outputType(context, type.value, "")}>`)} = {};`,
      ...within(context, source.key, [
        `for (const [${key}, ${item}] of ${entries}) {`,
        ...indentLines([
          ...guard(`!${file.valueCheck("isKey")}(${key})`, `${refuse}(${key}, "another key");`),
          ...(leaf
            ? guard(leaf.misfit, `${refuse}(${key}, ${quote(`a key that is ${leaf.expected}`)});`)
            : []),
          ...converted.lines,
          `${result}[${context.verb === "write" ? key : place}] = ${converted.result};`,
        ]),
        "}",
      ]),
    ],
    result,
  };
}

/** The pairs of a map, which travel as an array of arrays. */
export function convertMap(context: FunctionContext, type: MapType, source: Source): Conversion {
  const { names, file, verb } = context;
  const { name } = source;
  const reading = verb === "read";
  const [pair, index] = [names.take(`${name}Pair`), names.take(`${name}Index`)];
  const [key, value] = [names.take(`${name}Key`), names.take(`${name}Value`)];
  const result = names.take(resultName(context, source));
  const convertedKey = convert(context, type.key, { name: key, key: "0" });
  const convertedValue = convert(context, type.value, { name: value, key: "1" });
  const body = [
    `${file.imports.value("at", file.door)}(${index});`,
    ...(reading
      ? guard(
          `!Array.isArray(${pair}) || ${pair}.length < 2`,
          refusal(context, { name: pair, key: itself }, "an array of a key and a value"),
        )
      : []),
    `const ${key}${annotation(context, type.key)} = ${pair}[0];`,
    `const ${value}${annotation(context, type.value)} = ${pair}[1];`,
    ...convertedKey.lines,
    ...convertedValue.lines,
    verb === "write"
      ? `${result}.push([${convertedKey.result}, ${convertedValue.result}]);`
      : `${result}.set(${convertedKey.result}, ${convertedValue.result});`,
  ];
  return {
    lines: [
      ...checkContainer(context, "Map", source),
      verb === "write"
        ? emptyList(context, result)
        : `const ${result} = new Map${outputType(context, type.key, "<", ", ")}${outputType(context, type.value, "", ">")}();`,
      ...within(context, source.key, [
        `${file.imports.value("enter", file.door)}(0);`,
        ...(reading
          ? loopOverArray(context, type.key, { index, item: pair, items: name, body })
          : loop({ index, item: pair, items: name, body })),
        `${file.imports.value("leave", file.door)}();`,
      ]),
    ],
    result,
  };
}

/** The items of a set, which travel as an array. */
export function convertSet(context: FunctionContext, type: SetType, source: Source): Conversion {
  const { names, verb } = context;
  const { name } = source;
  const [item, index] = [names.take(`${name}Item`), names.take(`${name}Index`)];
  const result = names.take(resultName(context, source));
  const converted = convertItem(context, type.item, { name: item, key: index });
  const add = `${result}.${verb === "write" ? "push" : "add"}(${converted.result});`;
  const body = [...converted.lines, add];
  const ofAnything = annotation(context, type.item) && " as ReadonlySet<unknown>";
  return {
    lines: [
      ...checkContainer(context, "Set", source),
      verb === "write"
        ? emptyList(context, result)
        : `const ${result} = new Set${outputType(context, type.item, "<", ">")}();`,
      ...within(context, source.key, [
        ...converted.before,
        ...(verb === "read"
          ? loopOverArray(context, type.item, { index, item, items: name, body })
          : loop({ index, item, items: name + ofAnything, body })),
        ...converted.after,
      ]),
    ],
    result,
  };
}

function emptyList({ file }: FunctionContext, name: string): string {
  return `const ${name}${file.typed(() => ": unknown[]")} = [];`;
}

function checkContainer(context: FunctionContext, container: "Map" | "Set", source: Source): string[] {
  return context.verb === "read"
    ? guard(`!Array.isArray(${source.name})`, refusal(context, source, "an array"))
    : guard(`!(${source.name} instanceof ${container})`, refusal(context, source, `a ${container}`));
}
