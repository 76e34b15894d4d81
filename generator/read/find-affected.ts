import { ts } from "ts-morph";
import type { IdlFile, IdlProject } from "./open-project.js";

/** What the files of a project import, remembered for as long as they stay what they are. */
export type ImportCache = WeakMap<ts.SourceFile, readonly string[] | "global">;

/**
 * The files that mean something else after a change: those that changed, and those that import them, directly
 * or through others. Undefined stands for all of them: where a file declares something for every other.
 *
 * @param changed absolute paths
 */
export function findAffected(
  project: IdlProject,
  changed: ReadonlySet<string>,
  cache: ImportCache,
): readonly IdlFile[] | undefined {
  const importers = new Map<string, string[]>();
  for (const { source } of project.files) {
    const imports = cache.get(source) ?? importsOf(project, source);
    cache.set(source, imports);
    if (imports === "global") return undefined;
    for (const path of imports) importers.set(path, [...(importers.get(path) ?? []), source.fileName]);
  }
  const affected = new Set(changed);
  for (const path of affected) for (const importer of importers.get(path) ?? []) affected.add(importer);
  return project.files.filter(({ source }) => affected.has(source.fileName));
}

function importsOf({ checker }: IdlProject, source: ts.SourceFile): readonly string[] | "global" {
  if (!ts.isExternalModule(source) || source.statements.some(isAugmentation)) return "global";
  // The program collects them, those of `import("…")` types included, and does not declare it.
  const { imports = [] } = source as ts.SourceFile & { readonly imports?: readonly ts.StringLiteralLike[] };
  return imports.flatMap((specifier) => {
    const file = checker.getSymbolAtLocation(specifier)?.declarations?.find(ts.isSourceFile);
    return file ? [file.fileName] : [];
  });
}

/** `declare global` and `declare module "…"`. */
function isAugmentation(statement: ts.Statement): boolean {
  return ts.isModuleDeclaration(statement) && (ts.isStringLiteral(statement.name) || isGlobal(statement));
}

function isGlobal({ flags }: ts.ModuleDeclaration): boolean {
  return (flags & ts.NodeFlags.GlobalAugmentation) !== 0;
}
