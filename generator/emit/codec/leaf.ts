import type { BigintType, NumberFormat, NumberType, StringType, Type } from "../../model/type.js";
import type { FileContext } from "../file-context.js";
import { counted } from "../layout.js";
import type { CodecVerb } from "../naming.js";
import { typeText } from "../type-text.js";

/** A type that one condition checks and one expression converts. */
export interface Leaf {
  /** Is true where the value does not fit. */
  readonly misfit: string;
  readonly expected: string;
  /** As JavaScript has it. */
  readonly result: string;
  /** Whether TypeScript has to be told what the result is. */
  readonly asserted: boolean;
  /** What it is told, such as ` as Level`; nothing in JavaScript. */
  readonly assertion: () => string;
}

/** The expression of what a leaf is converted to. */
export function resultOf({ result, assertion }: Leaf): string {
  return result + assertion();
}

const ranges: Readonly<Record<Exclude<NumberFormat, "float32" | "float64">, readonly [number, number]>> = {
  int8: [-128, 127],
  int16: [-32768, 32767],
  int32: [-2147483648, 2147483647],
  uint8: [0, 255],
  uint16: [0, 65535],
  uint32: [0, 4294967295],
};

/**
 * What is left of a number in an integer of that format: all of it, where it is one. Measured: a flat object is
 * checked and copied in a tenth less time than with `Number.isInteger` and two comparisons for each field.
 */
const truncated: Readonly<Record<keyof typeof ranges, (x: string) => string>> = {
  int8: (x) => `(${x} << 24) >> 24`,
  int16: (x) => `(${x} << 16) >> 16`,
  int32: (x) => `(${x} | 0)`,
  uint8: (x) => `(${x} & 0xff)`,
  uint16: (x) => `(${x} & 0xffff)`,
  uint32: (x) => `${x} >>> 0`,
};

/** How to check and convert the value in the variable `x`; undefined for a type that takes more than a condition. */
export function leafOf(type: Type, x: string, verb: CodecVerb, file: FileContext): Leaf | undefined {
  const leaf = bareLeafOf(type, x, verb, file);
  // What TypeScript cannot know, the condition has checked: a pattern, an enum's value; or nobody can: a brand.
  // It does not narrow to an enum by comparison with its values, either.
  const isEnum = type.kind === "ref" || (type.kind === "literals" && type.enums !== undefined);
  const asserted = verb !== "write" && (isEnum || type.asserted === true);
  const assertion = () => (asserted ? file.typed(() => ` as ${typeText(type, file)}`) : "");
  if (leaf === undefined) return undefined;
  // Field by field: spread of objects of many shapes took a tenth of all texts.
  const { misfit, expected, result } = leaf;
  return { misfit, expected, result, asserted, assertion };
}

/** Whether a condition and an expression are enough for the type. */
export function isLeaf(type: Type, table: Pick<FileContext, "declaration">): boolean {
  switch (type.kind) {
    case "array":
    case "tuple":
    case "record":
    case "map":
    case "set":
    case "nullable":
    case "unknown":
      return false;
    case "ref":
      return table.declaration(type.name).definition.kind === "enum";
    default:
      return true;
  }
}

type BareLeaf = Omit<Leaf, "asserted" | "assertion">;

function bareLeafOf(type: Type, x: string, verb: CodecVerb, file: FileContext): BareLeaf | undefined {
  switch (type.kind) {
    case "string":
      return { misfit: stringMisfit(type, x, file), expected: describeString(type), result: x };
    case "number":
      return {
        misfit: numberMisfit(type, x),
        expected: describeNumber(type),
        // Rounded on the way out as well, so that a local copy and the wire agree.
        result: type.format === "float32" ? `Math.fround(${x})` : x,
      };
    case "boolean":
      return { misfit: `typeof ${x} !== "boolean"`, expected: "a boolean", result: x };
    case "null":
      return {
        misfit: verb === "read" ? `${x} !== null && ${x} !== undefined` : `${x} !== null`,
        expected: "null",
        result: "null",
      };
    case "literals":
      return {
        misfit: type.values.map((value) => `${x} !== ${JSON.stringify(value)}`).join(" && "),
        expected: type.values.map((value) => JSON.stringify(value)).join(" or "),
        result: x,
      };
    case "bigint":
      return bigintLeaf(type, x, verb);
    case "date":
      return dateLeaf(x, verb);
    case "bytes":
      return {
        misfit: `!(${x} instanceof Uint8Array)`,
        expected: "bytes",
        // Written as well: what is sent at the end of the turn must not change until then.
        result: `${file.imports.value("copyBytes", file.door)}(${x})`,
      };
    case "ref":
      return enumLeaf(type.name, x, file);
    default:
      return undefined;
  }
}

function dateLeaf(x: string, verb: CodecVerb): BareLeaf {
  if (verb === "read") {
    return {
      // The range of dates in ECMAScript, 21.4.1.1.
      misfit: `typeof ${x} !== "number" || !Number.isInteger(${x}) || Math.abs(${x}) > 8.64e15`,
      expected: "a date in milliseconds",
      result: `new Date(${x})`,
    };
  }
  return {
    misfit: `!(${x} instanceof Date) || Number.isNaN(${x}.getTime())`,
    expected: "a valid Date",
    result: verb === "write" ? `${x}.getTime()` : `new Date(${x}.getTime())`,
  };
}

const bigintRanges = {
  int64: ["-9223372036854775808n", "9223372036854775807n"],
  uint64: ["0n", "18446744073709551615n"],
  either: ["-9223372036854775808n", "18446744073709551615n"],
} as const;

function bigintLeaf(type: BigintType, x: string, verb: CodecVerb): BareLeaf {
  const [low, high] = bigintRanges[type.format ?? "either"];
  // MessagePack gives small integers as numbers, whatever they were written as.
  const misfit =
    verb === "read"
      ? `(typeof ${x} !== "bigint" && (typeof ${x} !== "number" || !Number.isInteger(${x})))`
      : `typeof ${x} !== "bigint"`;
  return {
    misfit: `${misfit} || ${x} < ${low} || ${x} > ${high}`,
    expected: `an integer from ${low.slice(0, -1)} to ${high.slice(0, -1)}`,
    result: verb === "read" ? `BigInt(${x})` : x,
  };
}

function enumLeaf(name: string, x: string, file: FileContext): BareLeaf | undefined {
  const { definition } = file.declaration(name);
  if (definition.kind !== "enum") return undefined;
  const values = [...new Set(definition.members.map((member) => member.value))];
  return {
    misfit: values.map((value) => `${x} !== ${JSON.stringify(value)}`).join(" && "),
    expected: `a ${name}`,
    result: x,
  };
}

function stringMisfit(type: StringType, x: string, file: FileContext): string {
  const conditions = [`!${file.valueCheck("isText")}(${x})`];
  if (type.minLength) conditions.push(`${x}.length < ${type.minLength}`);
  if (type.maxLength !== undefined) conditions.push(`${x}.length > ${type.maxLength}`);
  // After the length, which bounds the time that the pattern takes.
  if (type.pattern !== undefined) conditions.push(`!${file.pattern(type.pattern)}.test(${x})`);
  return conditions.join(" || ");
}

function describeString(type: StringType): string {
  const { minLength = 0, maxLength, pattern } = type;
  const length =
    maxLength === undefined
      ? minLength > 0
        ? ` of at least ${counted(minLength, "character")}`
        : ""
      : ` of ${minLength > 0 ? `${minLength} to` : "at most"} ${counted(maxLength, "character")}`;
  return `a string${length}${pattern === undefined ? "" : ` that matches /${pattern}/`}`;
}

function numberMisfit(type: NumberType, x: string): string {
  const conditions = [`typeof ${x} !== "number"`];
  const { format } = type;
  const { low, high } = boundsOf(type);
  // Single precision is checked as it will be once rounded: it may overflow, or cross a bound.
  const checked = format === "float32" ? `Math.fround(${x})` : x;
  // Of integers that is the range of their format as well.
  conditions.push(isInteger(format) ? `${truncated[format](x)} !== ${x}` : `!Number.isFinite(${checked})`);
  const [from, to] = isInteger(format) ? ranges[format] : [undefined, undefined];
  if (low !== from) conditions.push(`${checked} < ${low}`);
  if (high !== to) conditions.push(`${checked} > ${high}`);
  return conditions.join(" || ");
}

function boundsOf(type: NumberType): { low: number | undefined; high: number | undefined } {
  if (!isInteger(type.format)) return { low: type.minimum, high: type.maximum };
  const [from, to] = ranges[type.format];
  return { low: Math.max(from, type.minimum ?? from), high: Math.min(to, type.maximum ?? to) };
}

function isInteger(format: NumberFormat): format is keyof typeof ranges {
  return Object.hasOwn(ranges, format);
}

function describeNumber(type: NumberType): string {
  const { low, high } = boundsOf(type);
  const what = isInteger(type.format) ? "an integer" : "a finite number";
  if (low !== undefined && high !== undefined) return `${what} from ${low} to ${high}`;
  if (low !== undefined) return `${what} of at least ${low}`;
  return high === undefined ? what : `${what} of at most ${high}`;
}
