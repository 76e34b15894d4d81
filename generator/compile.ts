import { Emitted, emitModel } from "./emit/emit-model.js";
import type { EmitOptions } from "./emit/file-context.js";
import { checkWas } from "./evolution/check-was.js";
import { type Evolution, evolve } from "./evolution/evolve.js";
import { KnownParts } from "./known-parts.js";
import { assignPositions } from "./lock/assign-positions.js";
import type { Lock } from "./lock/lock.js";
import { type KnownShapes, shapeOf } from "./lock/shape-of.js";
import { type Diagnostic, severityOf } from "./model/diagnostic.js";
import type { Model } from "./model/model.js";
import { ModelReader, type ReadOptions } from "./read/read-model.js";
import { checkBounds } from "./rules/check-bounds.js";
import { checkModel } from "./rules/check-model.js";
import { loadTemplates } from "./templates/load-templates.js";

export interface CompilerOptions extends ReadOptions, EmitOptions {
  /** Breaks to accept: `all`, a rule, or a rule and a path. */
  readonly accept?: readonly string[];
  /** Takes warnings for errors, and shows some that are not shown otherwise. */
  readonly strict?: boolean;
  /** Whether the IDL is the framework's own. */
  readonly isFramework?: boolean;
}

export interface CompileOptions extends CompilerOptions {
  /** The places on the wire, and what was shipped, as of the last run. */
  readonly lock: Lock;
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

/**
 * Takes an IDL folder through the steps of the pipeline: read, rules, positions, evolution, emit. Writes
 * nothing. Remembers what it did, so that after an edit it does only what the edit concerns.
 */
export class Compiler {
  readonly #options: CompilerOptions;
  readonly #reader: ModelReader;
  readonly #emitted = new Emitted();
  readonly #templates = loadTemplates();
  readonly #shapes: KnownShapes = new WeakMap();
  readonly #known = new KnownParts();

  constructor(options: CompilerOptions) {
    this.#options = options;
    this.#reader = new ModelReader(options);
  }

  /** @param changed paths of the IDL files that may have changed since the last call */
  compile(lock: Lock, changed?: readonly string[]): Compiled {
    const { accept = [], strict = false, isFramework = false } = this.#options;
    const read = this.#reader.read(changed);
    const diagnostics: Diagnostic[] = [
      ...read.diagnostics,
      ...checkModel(read.model, isFramework),
      ...checkWas(read.model, lock),
      ...(strict ? checkBounds(read.model) : []),
    ].sort(byPlace);
    const failed = diagnostics.some((diagnostic) => strict || severityOf(diagnostic) === "error");
    if (failed) return { ok: false, diagnostics: strict ? diagnostics.map(asError) : diagnostics };
    const positioned = assignPositions(read.model, lock);
    const model = this.#known.recognise(positioned.model, read.model);
    const evolution = evolve({
      lock,
      types: positioned.types,
      current: shapeOf(model, this.#shapes),
      accept,
    });
    this.#options.onStep?.("generating");
    const files = emitModel(model, this.#templates, this.#options, this.#emitted);
    return { ok: true, model, warnings: diagnostics, evolution, files };
  }
}

/** Compiles an IDL folder once. */
export function compile({ lock, ...options }: CompileOptions): Compiled {
  return new Compiler(options).compile(lock);
}

function asError(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: "error" };
}

function byPlace({ at: a }: Diagnostic, { at: b }: Diagnostic): number {
  const files = a.file < b.file ? -1 : a.file > b.file ? 1 : 0;
  return files || a.line - b.line || a.column - b.column;
}
