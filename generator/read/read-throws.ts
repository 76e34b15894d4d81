import { ts } from "ts-morph";
import type { ReadContext, Site } from "./read-context.js";
import type { CompilerTag } from "./read-doc.js";
import { readType } from "./read-type.js";

/** Reads `@throws {RoomFull}`: the names of the failures that a method declares. */
export function readThrows(context: ReadContext, site: Site, tags: readonly CompilerTag[]): string[] {
  const failures: string[] = [];
  for (const tag of tags) {
    if (tag.name !== "throws") continue;
    const name = /^\{\s*([\w.$]+)\s*\}/.exec(tag.text)?.[1];
    const place: Site = { ...site, node: tag.node };
    const failure = name === undefined ? undefined : readFailure(context, place, name);
    if (failure !== undefined) failures.push(failure);
    else {
      context.report(
        place,
        "IDL1207",
        `@throws ${tag.text.split("\n")[0]} names no failure`,
        "write `@throws {Name}` with an interface that extends Failure and is declared or imported here",
      );
    }
  }
  return failures;
}

function readFailure(context: ReadContext, site: Site, name: string): string | undefined {
  const type = findType(context, site.node, name);
  if (!type) return undefined;
  const before = context.declarations.length;
  const read = readType(context, { ...site, path: `${site.path} -> throws ${name}` }, type);
  if (read.kind !== "ref") return undefined;
  if (context.find(read.name)?.failure) return read.name;
  context.declarations.length = before; // No failure, so nothing that travels.
  return undefined;
}

/** TypeScript does not resolve names in the comments of `.d.ts` files, so they are looked up in the scope. */
function findType(context: ReadContext, node: ts.Node, name: string): ts.Type | undefined {
  const { checker } = context;
  const found = checker
    .getSymbolsInScope(node, ts.SymbolFlags.Type | ts.SymbolFlags.Alias)
    .find((symbol) => symbol.name === name);
  if (!found) return undefined;
  return checker.getDeclaredTypeOfSymbol(
    // The scope has a file's own view of what it exports, which knows no members.
    checker.getExportSymbolOfSymbol(
      found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found,
    ),
  );
}
