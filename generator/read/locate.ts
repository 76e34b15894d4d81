import { relative, sep } from "node:path";
import { ts } from "ts-morph";
import type { Location } from "../model/location.js";

/**
 * Where a node stands, at its name if it has one.
 *
 * @param file the node's file as shown to people
 */
export function locate(node: ts.Node, file: string): Location {
  const named = (node as { name?: ts.Node }).name ?? node; // Declarations of all kinds keep their name there.
  const source = node.getSourceFile();
  const start = named.getStart(source);
  return locateRange(source, start, named.end - start, file);
}

export function locateRange(source: ts.SourceFile, start: number, length: number, file: string): Location {
  const { line, character } = source.getLineAndCharacterOfPosition(start);
  const end = ts.getLineAndCharacterOfPosition(source, start + length);
  const onThisLine = end.line === line ? length : source.text.slice(start).search(/\r?\n|$/);
  return { file, line: line + 1, column: character + 1, length: Math.max(1, onThisLine) };
}

/** A file as shown to people who look from a folder. */
export function shownPath(source: ts.SourceFile, shownFrom: string): string {
  return relative(shownFrom, source.fileName).split(sep).join("/");
}
