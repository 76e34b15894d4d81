import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Compiler } from "./compile.js";
import type { Evolution } from "./evolution/evolve.js";
import type { Lock } from "./lock/lock.js";
import { parseLock } from "./lock/parse-lock.js";
import { printLock } from "./lock/print-lock.js";
import type { Diagnostic } from "./model/diagnostic.js";
import type { Model } from "./model/model.js";
import { isPacked } from "./packed.js";
import { formatCount } from "./report/format-count.js";
import { applyChanges } from "./write/apply-changes.js";
import { type Changes, planChanges } from "./write/plan-changes.js";
import { readText } from "./write/read-text.js";

export interface CodegenOptions {
  /** The folder with the interface files and the lock. */
  readonly idl: string;
  /** The folder for what is generated. */
  readonly out: string;
  /** The folder that paths in diagnostics are relative to. */
  readonly shownFrom: string;
  /** Breaks to accept: `all`, a rule, or a rule and a path. */
  readonly accept?: readonly string[];
  /** Takes warnings for errors, and shows some that are not shown otherwise. */
  readonly strict?: boolean;
  /** What to generate: JavaScript with declarations beside it, which is the default, or TypeScript. */
  readonly target?: "js" | "ts";
  /** Hears which step begins, as people may read it. */
  readonly onStep?: (step: string) => void;
}

/** What a run found: either what is wrong, or what has to change in the two folders. */
export type CodegenResult = { readonly ok: false; readonly diagnostics: readonly Diagnostic[] } | CodegenPlan;

export interface CodegenPlan {
  readonly ok: true;
  readonly model: Model;
  readonly warnings: readonly Diagnostic[];
  readonly evolution: Evolution;
  /** All that is generated: texts by path. */
  readonly files: ReadonlyMap<string, string>;
  /** What of it the output folder does not have yet. */
  readonly out: Changes;
  readonly lock: Changes;
}

export const lockFile = "antwire.lock.json";

/** Compiles an IDL folder and compares the result with what is there, as often as somebody asks. */
export class Codegen {
  readonly #options: CodegenOptions;
  readonly #compiler: Compiler;
  readonly #lockPath: string;
  /** The lock as it stands on disk. */
  #lock: { readonly lock: Lock; readonly text: string | undefined } | undefined;
  /** Interface files that changed since the compiler last looked. */
  readonly #changed = new Set<string>();
  /** What the last run left in the output folder; undefined where only the disk knows. */
  #written: ReadonlyMap<string, string> | undefined;

  constructor(options: CodegenOptions) {
    const { idl, out } = options;
    const isFramework = !importPath(sourceFile("../runtime"), idl).startsWith("../");
    this.#options = options;
    this.#lockPath = join(idl, lockFile);
    this.#compiler = new Compiler({
      ...options,
      folder: idl,
      builtinTypes: sourceFile(isPacked ? "../runtime/idl.d.ts" : "../runtime/idl.ts"),
      idlFolder: importPath(out, idl),
      door: isPacked ? "antwire/generated" : importPath(out, sourceFile("../runtime/generated.js")),
      isFramework,
      // The framework is compiled as a whole.
      target: options.target ?? (isFramework ? "ts" : "js"),
    });
  }

  /**
   * Finds what has to change. Writes nothing.
   *
   * @param changed paths of the interface files that may have changed since the last call
   */
  async plan(changed: readonly string[] = []): Promise<CodegenResult> {
    for (const path of changed) this.#changed.add(path);
    this.#lock ??= await readLock(this.#lockPath);
    const compiled = this.#compiler.compile(this.#lock.lock, [...this.#changed]);
    this.#changed.clear();
    if (!compiled.ok) return compiled;
    const { files, evolution } = compiled;
    const text = printLock(evolution.lock);
    // The IDL folder is the user's: nothing in it is ever removed.
    const lock = { write: new Map(text === this.#lock.text ? [] : [[lockFile, text]]), remove: [] };
    const out = planChanges(this.#options.out, files, this.#written);
    return { ...compiled, out, lock };
  }

  /** Carries out what was found. */
  async apply({ out, lock, files, evolution }: CodegenPlan): Promise<void> {
    const count = out.write.size + lock.write.size;
    if (count > 0) this.#options.onStep?.(`writing ${formatCount(count, "file")}`);
    this.#written = undefined;
    applyChanges(this.#options.out, out);
    applyChanges(this.#options.idl, lock);
    this.#written = files;
    this.#lock = { lock: evolution.lock, text: lock.write.get(lockFile) ?? this.#lock?.text };
  }

  /** Whether somebody else wrote the lock since the last run. The next run reads it anew then. */
  async isLockNew(): Promise<boolean> {
    if ((await readText(this.#lockPath)) === this.#lock?.text) return false;
    this.#lock = undefined;
    return true;
  }
}

async function readLock(path: string): Promise<{ lock: Lock; text: string | undefined }> {
  const text = await readText(path);
  try {
    return { lock: parseLock(text), text };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} cannot be read: ${reason}`, { cause: error });
  }
}

function sourceFile(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

function importPath(from: string, to: string): string {
  const path = relative(resolve(from), resolve(to)).split(sep).join("/");
  return path.startsWith(".") ? path : `./${path}`;
}
