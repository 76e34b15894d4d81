import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Compiled, compile } from "../../generator/compile.js";
import { emptyLock, type Lock } from "../../generator/lock/lock.js";

export interface CompileIdlOptions {
  readonly lock?: Lock;
  readonly accept?: readonly string[];
}

/** Compiles interface files, given as text by their names. Each may use all that `antwire/idl` has. */
export async function compileIdl(
  files: Readonly<Record<string, string>>,
  { lock = emptyLock, accept = [] }: CompileIdlOptions = {},
): Promise<Compiled> {
  const folder = await mkdtemp(join(tmpdir(), "antwire-idl-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      // TypeScript sees a comment of a member only where it begins a line.
      const source = `import type * as idl from "antwire/idl";\n${text.replaceAll("/**", "\n/**")}\n`;
      await writeFile(join(folder, `${name}.d.ts`), source);
    }
    return compile({
      folder,
      builtinTypes: fileURLToPath(new URL("../../runtime/idl.ts", import.meta.url)),
      shownFrom: folder,
      lock,
      accept,
      idlFolder: "../idl",
      door: "antwire/generated",
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same, where it has to succeed. */
export async function compileValid(
  files: Readonly<Record<string, string>>,
  options?: CompileIdlOptions,
): Promise<Compiled & { ok: true }> {
  const compiled = await compileIdl(files, options);
  if (compiled.ok) return compiled;
  throw new Error(
    compiled.diagnostics.map(({ at, message }) => `${at.file}:${at.line} ${message}`).join("\n"),
  );
}
