import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Compiled, type CompileOptions, compile } from "../../generator/compile.js";
import { parseLock } from "../../generator/lock/parse-lock.js";

/** Each folder here is a case: what `idl/` compiles to, or what is wrong with it. */
export const golden = fileURLToPath(new URL(".", import.meta.url));

export const cases: readonly string[] = readdirSync(golden, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export type CaseOptions = Partial<Pick<CompileOptions, "target" | "idlFolder" | "door">>;

/** Compiles one case, as it stands in `expected/` unless told otherwise. */
export function compileCase(name: string, options: CaseOptions = {}): Compiled {
  const folder = join(golden, name);
  const lock = join(folder, "idl", "antwire.lock.json");
  return compile({
    folder: join(folder, "idl"),
    builtinTypes: fileURLToPath(new URL("../../runtime/idl.ts", import.meta.url)),
    shownFrom: folder,
    lock: parseLock(existsSync(lock) ? readFileSync(lock, "utf8") : undefined),
    idlFolder: "../idl",
    door: "../../../../runtime/generated.js",
    strict: name === "unbounded",
    ...options,
  });
}
