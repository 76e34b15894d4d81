import { relative } from "node:path";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Model } from "../model/model.js";
import { findModules } from "./find-modules.js";
import { openProject } from "./open-project.js";
import { ReadContext } from "./read-context.js";
import { readModule } from "./read-module.js";
import { readTypeScriptErrors } from "./typescript-errors.js";

export interface ReadOptions {
  /** The IDL folder. */
  readonly folder: string;
  /** The file behind `antwire/idl`. */
  readonly builtinTypes: string;
  /** The folder that paths in diagnostics are relative to. */
  readonly shownFrom: string;
}

const empty: Model = { modules: [], types: [] };

/** Reads an IDL folder. The model is whole only where there are no diagnostics. */
export function readModel(options: ReadOptions): { model: Model; diagnostics: readonly Diagnostic[] } {
  const project = openProject(options.folder, options.builtinTypes);
  if (project.files.length === 0) {
    const at = { file: relative(options.shownFrom, options.folder) || ".", line: 1, column: 1, length: 1 };
    const message = "there are no .d.ts files in this folder";
    const hint = "write one, or name the folder that holds them: `npm run codegen -- --idl <dir>`";
    return { model: empty, diagnostics: [{ code: "IDL1002", at, message, path: "", hint }] };
  }
  const errors = readTypeScriptErrors(project, options.shownFrom);
  // Types that TypeScript cannot resolve are `any` to the checker: reading on would report each again.
  if (errors.length > 0) return { model: empty, diagnostics: errors };
  const context = new ReadContext(project, options.shownFrom);
  const modules = project.files.flatMap(({ source, name }) =>
    findModules(context, source).map((node) => readModule(context, node, name)),
  );
  const byName = <T extends { name: string }>(a: T, b: T) => (a.name < b.name ? -1 : 1);
  return {
    model: { modules: modules.sort(byName), types: context.declarations.sort(byName) },
    diagnostics: context.diagnostics,
  };
}
