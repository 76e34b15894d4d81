import { relative, sep } from "node:path";
import { ts } from "ts-morph";
import type { Location } from "../model/location.js";

/** Where a node stands, at its name if it has one. */
export function locate(node: ts.Node, shownFrom: string): Location {
  const named = (node as { name?: ts.Node }).name ?? node; // Declarations of all kinds keep their name there.
  return locateRange(node.getSourceFile(), named.getStart(), named.getWidth(), shownFrom);
}

export function locateRange(
  source: ts.SourceFile,
  start: number,
  length: number,
  shownFrom: string,
): Location {
  const { line, character } = source.getLineAndCharacterOfPosition(start);
  const end = ts.getLineAndCharacterOfPosition(source, start + length);
  const onThisLine = end.line === line ? length : source.text.slice(start).search(/\r?\n|$/);
  return {
    file: relative(shownFrom, source.fileName).split(sep).join("/"),
    line: line + 1,
    column: character + 1,
    length: Math.max(1, onThisLine),
  };
}
