import type { TypeShape, WireType } from "../lock/shape.js";
import type { LiteralValue } from "../model/type.js";
import { numberTakes, stringTakes } from "./compare-scalar.js";
import type { Comparison } from "./comparison.js";

/** The values of a type that has a few: literals, or an enum; undefined for all others. */
export function valuesOf(
  type: WireType,
  lookUp: (name: string) => TypeShape | undefined,
): readonly LiteralValue[] | undefined {
  if (type.kind === "literals") return type.values;
  const declared = type.kind === "ref" ? lookUp(type.name) : undefined;
  return declared?.kind === "enum" ? declared.values : undefined;
}

/** Compares a writer of a few values, which travel as themselves, with any reader. */
export function compareValues(
  comparison: Comparison,
  path: string,
  reader: WireType,
  writer: WireType,
): void {
  const values = valuesOf(writer, (name) => comparison.writerType(name)) ?? [];
  const takes = takerOf(reader, comparison);
  const unknown = values.filter((value) => !takes(value));
  if (unknown.length === 0) return;
  // Where none fits, another type took its place.
  if (unknown.length === values.length) comparison.mismatch("kind", path, reader, writer);
  else comparison.misfit("unknownValue", path, unknown.map((value) => JSON.stringify(value)).join(", "));
}

function takerOf(reader: WireType, comparison: Comparison): (value: LiteralValue) => boolean {
  const known = valuesOf(reader, (name) => comparison.readerType(name));
  if (known) return (value) => known.includes(value);
  switch (reader.kind) {
    case "unknown":
      return () => true;
    case "boolean":
      return (value) => typeof value === "boolean";
    case "string":
      return (value) => typeof value === "string" && stringTakes(reader, value);
    case "number":
      return (value) => typeof value === "number" && numberTakes(reader, value);
    case "ref": {
      const declared = comparison.readerType(reader.name);
      return (value) => declared?.kind === "union" && declared.literals.includes(value);
    }
    default:
      return () => false;
  }
}
