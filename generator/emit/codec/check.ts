import type { MapType, RecordType, TupleType, Type } from "../../model/type.js";
import type { FileContext } from "../file-context.js";
import { guard, indentLines } from "../layout.js";
import type { LocalNames } from "../local-names.js";
import { guardName, innerGuardName } from "../naming.js";
import { arrayMisfit } from "./convert-array.js";
import { tupleMisfit } from "./convert-tuple.js";
import { leafOf } from "./leaf.js";

/** What the emitters of one guard share. */
export interface GuardContext {
  readonly file: FileContext;
  readonly names: LocalNames;
}

/** A value in a variable. */
export interface Place {
  readonly name: string;
  /** How many levels of the path it stands below the guard's own value: as many as a copy would have entered. */
  readonly level: number;
  /** Is true where there is a value at all; nothing where there has to be one. */
  readonly present?: string;
}

export const refuse = "return false;";

/** Emits the check of one value, with the conditions of a copy. */
export function check(context: GuardContext, type: Type, place: Place): string[] {
  const { name, level, present } = place;
  if (type.kind === "nullable") {
    const isValue = `${name} !== null`;
    return check(context, type.type, { ...place, present: present ? `${present} && ${isValue}` : isValue });
  }
  const misfit = misfitOf(context, type, place);
  if (misfit !== undefined) {
    if (!present) return guard(misfit, refuse);
    return guard(`${present} && ${misfit.includes(" || ") ? `(${misfit})` : misfit}`, refuse);
  }
  const lines = checkContainer(context, type, { name, level });
  return present ? [`if (${present}) {`, ...indentLines(lines), "}"] : lines;
}

/** The condition that is true where a value does not fit; undefined for a type that takes more than a condition. */
export function misfitOf(context: GuardContext, type: Type, { name, level }: Place): string | undefined {
  const { file } = context;
  const leaf = leafOf(type, name, "copy", file);
  if (leaf) return leaf.misfit;
  const depth = level === 0 ? "depth" : `depth + ${level}`;
  if (type.kind === "unknown") return `!${file.imports.value("isUnknown", file.door)}(${name}, ${depth})`;
  if (type.kind !== "ref") return undefined;
  const isEndless = !Number.isFinite(file.levelsOf(type.name));
  const called = isEndless ? innerGuardName(type.name) : guardName(type.name);
  const path = `codecs/${file.declaration(type.name).file}`;
  if (!file.isAt(path)) file.imports.value(called, file.generatedPath(path));
  return `!${called}(${name}${isEndless ? `, ${depth}` : ""})`;
}

function checkContainer(context: GuardContext, type: Type, { name, level }: Place): string[] {
  switch (type.kind) {
    case "array":
      return [
        ...guard(arrayMisfit(type, name), refuse),
        ...checkItems(context, type.item, { name, level }, 0),
      ];
    case "tuple":
      return checkTuple(context, type, { name, level });
    case "record":
      return checkRecord(context, type, { name, level });
    case "map":
      return checkMap(context, type, { name, level });
    case "set": {
      const item = context.names.take(`${name}Item`);
      return [
        ...guard(`!(${name} instanceof Set)`, refuse),
        `for (const ${item} of ${name}) {`,
        ...indentLines(check(context, type.item, { name: item, level: level + 1 })),
        "}",
      ];
    }
    default:
      throw new Error(`No guard for a type of kind ${type.kind}.`);
  }
}

/** A loop over the items of an array from one of them on. */
function checkItems(context: GuardContext, type: Type, { name, level }: Place, start: number): string[] {
  const index = context.names.take(`${name}Index`);
  const item = context.names.take(`${name}Item`);
  return [
    `for (let ${index} = ${start}; ${index} < ${name}.length; ${index}++) {`,
    ...indentLines([
      take(context, item, `${name}[${index}]`),
      ...check(context, type, { name: item, level: level + 1 }),
    ]),
    "}",
  ];
}

function checkTuple(context: GuardContext, type: TupleType, { name, level }: Place): string[] {
  const elements = type.items.flatMap(({ type: item, optional }, position) => {
    const part = context.names.take(`${name}${position}`);
    const lines = [
      take(context, part, `${name}[${position}]`),
      ...check(context, item, { name: part, level: level + 1 }),
    ];
    return optional ? [`if (${name}.length > ${position}) {`, ...indentLines(lines), "}"] : lines;
  });
  return [
    ...guard(tupleMisfit(type, name, "copy"), refuse),
    ...elements,
    ...(type.rest ? checkItems(context, type.rest, { name, level }, type.items.length) : []),
  ];
}

function checkRecord(context: GuardContext, type: RecordType, { name, level }: Place): string[] {
  const { names, file } = context;
  const key = names.take(`${name}Key`);
  const item = names.take(`${name}Item`);
  const leaf = type.key && leafOf(type.key, key, "copy", file);
  return [
    ...guard(`!${file.imports.value("isRecord", file.door)}(${name})`, refuse),
    `for (const ${key} of Object.keys(${name})) {`,
    ...indentLines([
      ...guard(`!${file.valueCheck("isKey")}(${key})`, refuse),
      ...(leaf ? guard(leaf.misfit, refuse) : []),
      take(context, item, `${name}[${key}]`),
      ...check(context, type.value, { name: item, level: level + 1 }),
    ]),
    "}",
  ];
}

function checkMap(context: GuardContext, type: MapType, { name, level }: Place): string[] {
  const { names } = context;
  const [pair, key, value] = [
    names.take(`${name}Pair`),
    names.take(`${name}Key`),
    names.take(`${name}Value`),
  ];
  return [
    ...guard(`!(${name} instanceof Map)`, refuse),
    `for (const ${pair} of ${name}) {`,
    ...indentLines([
      take(context, key, `${pair}[0]`),
      ...check(context, type.key, { name: key, level: level + 2 }),
      take(context, value, `${pair}[1]`),
      ...check(context, type.value, { name: value, level: level + 2 }),
    ]),
    "}",
  ];
}

/** A variable of which nothing is known. */
export function take({ file }: GuardContext, name: string, from: string): string {
  return `const ${name}${file.typed(() => ": unknown")} = ${from};`;
}
