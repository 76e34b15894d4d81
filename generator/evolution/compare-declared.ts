import type { TypeShape } from "../lock/shape.js";
import { wireName } from "../model/wire-name.js";
import { comparePresence } from "./compare-presence.js";
import { compareType } from "./compare-type.js";
import type { Comparison } from "./comparison.js";

type ObjectShape = Extract<TypeShape, { kind: "object" }>;
type UnionShape = Extract<TypeShape, { kind: "union" }>;

/** Two types of two versions, by their names. */
export interface DeclaredPair {
  readonly reader: string;
  readonly writer: string;
}

/** Compares two declared types that are no enums. What they are called does not travel. */
export function compareDeclared(comparison: Comparison, path: string, names: DeclaredPair): void {
  const [reader, writer] = [comparison.readerType(names.reader), comparison.writerType(names.writer)];
  const name = comparison.direction === "toServer" ? names.reader : names.writer;
  if (reader?.kind === "object" && writer?.kind === "object") {
    if (comparison.begin(names)) compareFields(comparison, name, reader, writer);
  } else if (reader?.kind === "union" && writer?.kind === "union") {
    if (comparison.begin(names)) compareMembers(comparison, name, reader, writer);
  } else {
    comparison.misfit("kind", path, `${names.reader} and ${names.writer} are not alike`);
  }
}

function compareFields(comparison: Comparison, name: string, reader: ObjectShape, writer: ObjectShape): void {
  const toServer = comparison.direction === "toServer";
  for (const field of reader.fields) {
    const written = writer.fields.find((other) => wireName(other) === wireName(field));
    const inItsPlace = writer.fields.find((other) => other.position === field.position);
    // What is gone has no other name any more than the one on the wire, which `@was` would have to say.
    const path = `${name}.${toServer ? field.name : (written?.name ?? wireName(field))}`;
    if (written && written.name !== field.name) comparison.note("renamed-field", path);
    if (written !== inItsPlace) comparison.misfit("moved", path);
    else if (written)
      comparePresence(comparison, path, { reader: field, writer: written, unsure: "unsureField" });
    else if (!field.optional) comparison.misfit("unwritten", path);
  }
  if (toServer) noteRemoved(comparison, name, reader, writer);
}

/** Fields that the server ignores from now on: source that sets them does not compile any more. */
function noteRemoved(comparison: Comparison, name: string, reader: ObjectShape, writer: ObjectShape): void {
  const known = new Set(reader.fields.map(wireName));
  for (const field of writer.fields) {
    if (!known.has(wireName(field))) comparison.note("removed-field", `${name}.${wireName(field)}`);
  }
}

function compareMembers(comparison: Comparison, name: string, reader: UnionShape, writer: UnionShape): void {
  for (const member of writer.members) {
    const known = reader.members.find(({ position }) => position === member.position);
    if (known?.key === member.key) compareType(comparison, name, known.type, member.type);
    else comparison.misfit("unknownMember", `${name}.${member.key}`);
  }
  const unknown = writer.literals.filter((value) => !reader.literals.includes(value));
  if (unknown.length > 0) {
    comparison.misfit("unknownValue", name, unknown.map((value) => JSON.stringify(value)).join(", "));
  }
}
