import { ts } from "ts-morph";
import { brandName } from "./brands.js";
import type { ReadContext } from "./read-context.js";
import { readType } from "./read-type.js";

/** Enters what a file says of the data of sessions into the table: its exported interfaces that extend `SessionData`. */
export function readSessionData(context: ReadContext, source: ts.SourceFile, file: string): void {
  for (const node of source.statements.filter(ts.isInterfaceDeclaration)) {
    const symbol = context.checker.getSymbolAtLocation(node.name);
    if (!symbol || !isSessionData(context, node)) continue;
    const name = node.name.text;
    const site = { node, path: name, anonymousName: name, lockStem: name, file };
    readType(context, site, context.checker.getDeclaredTypeOfSymbol(symbol));
  }
}

export function isSessionData(context: ReadContext, node: ts.Node): boolean {
  if (!ts.isInterfaceDeclaration(node)) return false;
  if (!node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return false;
  const symbol = context.checker.getSymbolAtLocation(node.name);
  const type = symbol && context.checker.getDeclaredTypeOfSymbol(symbol);
  return (
    type !== undefined &&
    context.checker.getPropertiesOfType(type).some((property) => brandName(property) === "sessionData")
  );
}
