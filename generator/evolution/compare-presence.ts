import type { WireType } from "../lock/shape.js";
import { compareType } from "./compare-type.js";
import type { Comparison } from "./comparison.js";
import type { Misfit } from "./rules.js";

/** A field or a parameter. */
export interface Part {
  readonly optional?: true;
  readonly type: WireType;
}

/**
 * Compares what may be absent. Absent is nil on the wire, and null is too, except in what is both optional
 * and nullable: there a value travels in an array of its own.
 *
 * @param unsure what it is called that the reader needs the part and the writer may leave it out
 */
export function comparePresence(
  comparison: Comparison,
  path: string,
  { reader, writer, unsure }: { readonly reader: Part; readonly writer: Part; readonly unsure: Misfit },
): void {
  if (isBoxed(reader) !== isBoxed(writer)) {
    comparison.misfit("absence", path);
    return;
  }
  if (writer.optional && !reader.optional) comparison.misfit(unsure, path);
  // A reader that knows no null there takes nil for absent.
  const absentForNull = reader.optional && !isBoxed(reader);
  if (absentForNull && writer.type.kind === "null") return;
  const written = absentForNull && writer.type.kind === "nullable" ? writer.type.type : writer.type;
  compareType(comparison, path, reader.type, written);
}

function isBoxed({ optional, type }: Part): boolean {
  return optional === true && (type.kind === "nullable" || type.kind === "null" || type.kind === "unknown");
}
