import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "./compile.js";
import type { Evolution } from "./evolution/evolve.js";
import type { Lock } from "./lock/lock.js";
import { parseLock } from "./lock/parse-lock.js";
import { printLock } from "./lock/print-lock.js";
import type { Diagnostic } from "./model/diagnostic.js";
import type { Model } from "./model/model.js";
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
}

/** What a run found: either what is wrong, or what has to change in the two folders. */
export type CodegenResult =
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly ok: true;
      readonly model: Model;
      readonly evolution: Evolution;
      readonly out: Changes;
      readonly lock: Changes;
    };

const lockFile = "antwire.lock.json";

/** Compiles an IDL folder and compares the result with what is there. Writes nothing. */
export async function runCodegen({
  idl,
  out,
  shownFrom,
  accept = [],
}: CodegenOptions): Promise<CodegenResult> {
  const compiled = compile({
    folder: idl,
    builtinTypes: sourceFile("../runtime/idl.ts"),
    shownFrom,
    lock: await readLock(join(idl, lockFile)),
    accept,
    idlFolder: importPath(out, idl),
    door: importPath(out, sourceFile("../runtime/generated.js")),
  });
  if (!compiled.ok) return compiled;
  const { model, files, evolution } = compiled;
  // The IDL folder is the user's: nothing in it is ever removed.
  const { write } = await planChanges(idl, new Map([[lockFile, printLock(evolution.lock)]]));
  return { ok: true, model, evolution, out: await planChanges(out, files), lock: { write, remove: [] } };
}

async function readLock(path: string): Promise<Lock> {
  try {
    return parseLock(await readText(path));
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
