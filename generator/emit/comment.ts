import type { Doc } from "../model/doc.js";

/** A comment of the IDL as lines of a doc comment; none where there is nothing to say. */
export function commentLines(doc: Doc): string[] {
  const tags = doc.tags.map(({ name, text }) => `@${name} ${text}`.trimEnd());
  const lines = [
    ...(doc.text === "" ? [] : doc.text.split(/\r?\n/)),
    ...tags.flatMap((tag) => tag.split("\n")),
  ];
  if (lines.length === 0) return [];
  if (lines.length === 1) return [`/** ${lines[0]} */`];
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"];
}

/** The same as text to put before a declaration, with its line break. */
export function commentBefore(doc: Doc, indent = ""): string {
  return commentLines(doc)
    .map((line) => `${indent}${line}\n`)
    .join("");
}
