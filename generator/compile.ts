import { emitModel } from "./emit/emit-model.js";
import type { EmitOptions } from "./emit/file-context.js";
import { assignPositions } from "./lock/assign-positions.js";
import type { Lock } from "./lock/lock.js";
import type { Diagnostic } from "./model/diagnostic.js";
import type { Model } from "./model/model.js";
import { type ReadOptions, readModel } from "./read/read-model.js";
import { checkModel } from "./rules/check-model.js";
import { loadTemplates } from "./templates/load-templates.js";

export interface CompileOptions extends ReadOptions, EmitOptions {
  /** The places on the wire as of the last run. */
  readonly lock: Lock;
}

/** Either what is wrong, in the order of the files, or what to write. */
export type Compiled =
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly ok: true;
      readonly model: Model;
      readonly lock: Lock;
      /** Texts of the generated files by their path in the output folder. */
      readonly files: ReadonlyMap<string, string>;
    };

/** Takes an IDL folder through the steps of the pipeline: read, rules, positions, emit. Writes nothing. */
export function compile(options: CompileOptions): Compiled {
  const read = readModel(options);
  const diagnostics = [...read.diagnostics, ...checkModel(read.model)];
  if (diagnostics.length > 0) return { ok: false, diagnostics: diagnostics.sort(byPlace) };
  const { model, lock } = assignPositions(read.model, options.lock);
  return { ok: true, model, lock, files: emitModel(model, loadTemplates(), options) };
}

function byPlace({ at: a }: Diagnostic, { at: b }: Diagnostic): number {
  const files = a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
  return files || a.line - b.line || a.column - b.column;
}
