import type { ts } from "ts-morph";
import type { TypeDeclaration } from "../model/declaration.js";
import type { Module } from "../model/model.js";
import { namesReached } from "../model/names-in.js";
import type { IdlFile } from "./open-project.js";
import type { ReadContext } from "./read-context.js";
import type { Reading } from "./read-model.js";

/** What an earlier reading says of files that mean the same as then. */
export interface Kept {
  readonly modules: readonly Module[];
  /** All types that the modules reach, by name. */
  readonly types: ReadonlyMap<string, TypeDeclaration>;
  /** Names of those that are called after the place where they were first met. */
  readonly anonymous: ReadonlySet<string>;
}

/**
 * Takes from a reading the modules outside of some files, and their types. A file's imports, with theirs, are
 * all that its modules can reach, so nothing in these has changed.
 *
 * @param affected names of the files that have to be read anew
 */
export function keepUnaffected(last: Reading, affected: ReadonlySet<string>): Kept {
  const modules = last.modules.filter(({ file }) => !affected.has(file));
  const reached = namesReached(modules, last.types);
  const types = new Map(last.types.filter(({ name }) => reached.has(name)).map((type) => [type.name, type]));
  return { modules, types, anonymous: new Set([...reached].filter((name) => last.anonymous.has(name))) };
}

/**
 * Whether the reading of the affected files seems to have met a type again that is called after the place
 * where it was first met: its name depends on the order of reading then.
 */
export function isMetAgain(context: ReadContext, kept: Kept, affected: readonly IdlFile[]): boolean {
  const sources = new Set(affected.map(({ source }) => source));
  // What is made of something in the affected files, nobody outside of them can have met.
  const suspects = [...context.anonymous].filter(([, type]) => !isMadeIn(sources, type, new Set()));
  if (suspects.length === 0) return false;
  const names = new Set(suspects.map(([name]) => name));
  const known = new Set(
    [...kept.types.values()].filter(({ name }) => kept.anonymous.has(name)).map(contentOf),
  );
  return context.declarations.some((type) => names.has(type.name) && known.has(contentOf(type)));
}

function isMadeIn(sources: ReadonlySet<ts.SourceFile>, type: ts.Type, seen: Set<ts.Type>): boolean {
  if (seen.has(type)) return false;
  seen.add(type);
  const { aliasSymbol, aliasTypeArguments = [] } = type;
  const symbols = [type.symbol, aliasSymbol].filter((symbol) => symbol !== undefined);
  const declarations = symbols.flatMap((symbol) => symbol.declarations ?? []);
  if (declarations.some((declaration) => sources.has(declaration.getSourceFile()))) return true;
  const parts = type.isUnionOrIntersection() ? type.types : [];
  return [...aliasTypeArguments, ...parts].some((part) => isMadeIn(sources, part, seen));
}

function contentOf({ definition }: TypeDeclaration): string {
  return JSON.stringify(definition, (key, value: unknown) => (key === "at" ? undefined : value));
}
