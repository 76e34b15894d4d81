import type { WireType } from "../lock/shape.js";
import { compareDeclared } from "./compare-declared.js";
import { compareList } from "./compare-list.js";
import { compareBigint, compareNumber, compareString, numberFitsBigint } from "./compare-scalar.js";
import { compareValues, valuesOf } from "./compare-values.js";
import type { Comparison } from "./comparison.js";

/**
 * Reports where a reader does not understand all that a writer may send. Where the kinds differ, what both
 * happen to have on the wire counts only if it means the same.
 */
export function compareType(comparison: Comparison, path: string, reader: WireType, writer: WireType): void {
  if (writer.kind === "nullable") {
    if (!takesNull(reader)) comparison.misfit("unexpectedNull", path);
    compareType(comparison, path, reader.kind === "nullable" ? reader.type : reader, writer.type);
  } else if (writer.kind === "null" && takesNull(reader)) {
    return;
  } else if (reader.kind === "nullable") {
    compareType(comparison, path, reader.type, writer);
  } else if (valuesOf(writer, (name) => comparison.writerType(name))) {
    compareValues(comparison, path, reader, writer);
  } else if (reader.kind === "unknown") {
    if (!isPlain(writer, comparison)) comparison.mismatch("kind", path, reader, writer);
  } else if (isList(reader) && isList(writer)) {
    compareList(comparison, path, reader, writer);
  } else {
    compareSame(comparison, path, reader, writer);
  }
}

function compareSame(comparison: Comparison, path: string, reader: WireType, writer: WireType): void {
  if (reader.kind === "number" && writer.kind === "number") {
    compareNumber(comparison, path, reader, writer);
  } else if (reader.kind === "string" && writer.kind === "string") {
    compareString(comparison, path, reader, writer);
  } else if (reader.kind === "bigint" && writer.kind === "bigint") {
    compareBigint(comparison, path, reader, writer);
  } else if (reader.kind === "record" && writer.kind === "record") {
    compareType(comparison, path, reader.key ?? anyText, writer.key ?? anyText);
    compareType(comparison, path, reader.value, writer.value);
  } else if (reader.kind === "map" && writer.kind === "map") {
    compareType(comparison, path, reader.key, writer.key);
    compareType(comparison, path, reader.value, writer.value);
  } else if (reader.kind === "ref" && writer.kind === "ref") {
    compareDeclared(comparison, path, { reader: reader.name, writer: writer.name });
  } else if (reader.kind === "bigint" && writer.kind === "number" && comparison.direction === "toServer") {
    // The other way JSON shows a number where clients know a string of digits.
    if (!numberFitsBigint(reader, writer)) comparison.mismatch("range", path, reader, writer);
  } else if (isOneOf(reader, writer, comparison)) {
    comparison.mismatch("range", path, reader, writer);
  } else if (reader.kind !== writer.kind || !["boolean", "date", "bytes"].includes(reader.kind)) {
    comparison.mismatch("kind", path, reader, writer);
  }
}

const anyText: WireType = { kind: "string" };

/** Whether the reader takes a few of the values that the writer sends. */
function isOneOf(reader: WireType, writer: WireType, comparison: Comparison): boolean {
  const values = valuesOf(reader, (name) => comparison.readerType(name)) ?? [];
  return values.some((value) => typeof value === writer.kind);
}

function takesNull({ kind }: WireType): boolean {
  return kind === "nullable" || kind === "null" || kind === "unknown";
}

function isList(type: WireType): type is Extract<WireType, { kind: "array" | "tuple" | "set" }> {
  return type.kind === "array" || type.kind === "tuple" || type.kind === "set";
}

/** Whether a value looks on the wire as it does in the program, so that a reader of `unknown` understands it. */
function isPlain(type: WireType, comparison: Comparison): boolean {
  switch (type.kind) {
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "literals":
    case "bytes":
    case "unknown":
      return true;
    case "array":
      return isPlain(type.item, comparison);
    case "record":
      return isPlain(type.value, comparison);
    case "nullable":
      return isPlain(type.type, comparison);
    case "ref":
      return comparison.writerType(type.name)?.kind === "enum";
    default:
      return false;
  }
}
