import { emitModel } from "./emit/emit-model.js";
import type { EmitOptions } from "./emit/file-context.js";
import { checkWas } from "./evolution/check-was.js";
import { type Evolution, evolve } from "./evolution/evolve.js";
import { assignPositions } from "./lock/assign-positions.js";
import type { Lock } from "./lock/lock.js";
import { shapeOf } from "./lock/shape-of.js";
import { type Diagnostic, severityOf } from "./model/diagnostic.js";
import type { Model } from "./model/model.js";
import { type ReadOptions, readModel } from "./read/read-model.js";
import { checkBounds } from "./rules/check-bounds.js";
import { checkModel } from "./rules/check-model.js";
import { loadTemplates } from "./templates/load-templates.js";

export interface CompileOptions extends ReadOptions, EmitOptions {
  /** The places on the wire, and what was shipped, as of the last run. */
  readonly lock: Lock;
  /** Breaks to accept: `all`, a rule, or a rule and a path. */
  readonly accept?: readonly string[];
  /** Takes warnings for errors, and shows some that are not shown otherwise. */
  readonly strict?: boolean;
}

/** Either what is wrong, in the order of the files, or what to write. */
export type Compiled =
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly ok: true;
      readonly model: Model;
      readonly warnings: readonly Diagnostic[];
      /** What the edit does to programs that are out already, and the lock to keep. */
      readonly evolution: Evolution;
      /** Texts of the generated files by their path in the output folder. */
      readonly files: ReadonlyMap<string, string>;
    };

/** Takes an IDL folder through the steps of the pipeline: read, rules, positions, evolution, emit. Writes nothing. */
export function compile(options: CompileOptions): Compiled {
  const read = readModel(options);
  const { lock, accept = [], strict = false } = options;
  const diagnostics: Diagnostic[] = [
    ...read.diagnostics,
    ...checkModel(read.model),
    ...checkWas(read.model, lock),
    ...(strict ? checkBounds(read.model) : []),
  ].sort(byPlace);
  const failed = diagnostics.some((diagnostic) => strict || severityOf(diagnostic) === "error");
  if (failed) return { ok: false, diagnostics: strict ? diagnostics.map(asError) : diagnostics };
  const { model, types } = assignPositions(read.model, lock);
  const evolution = evolve({ lock, types, current: shapeOf(model), accept });
  return {
    ok: true,
    model,
    warnings: diagnostics,
    evolution,
    files: emitModel(model, loadTemplates(), options),
  };
}

function asError(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: "error" };
}

function byPlace({ at: a }: Diagnostic, { at: b }: Diagnostic): number {
  const files = a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
  return files || a.line - b.line || a.column - b.column;
}
