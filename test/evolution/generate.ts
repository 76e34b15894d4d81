import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Compiled, compile } from "../../generator/compile.js";
import { emptyLock, type Lock } from "../../generator/lock/lock.js";

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Compiles `old` or `new`, which stand beside this file. */
export function generate(version: "old" | "new", lock: Lock): Compiled & { ok: true } {
  const compiled = compile({
    folder: fileOf(`${version}/idl`),
    builtinTypes: fileOf("../../runtime/idl.ts"),
    shownFrom: fileOf("."),
    lock,
    idlFolder: "../idl",
    door: "../../../../runtime/generated.js",
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics, null, 2));
  return compiled;
}

/** Both versions: the new one as an edit of the old one. */
export function generateBoth(): { old: Compiled & { ok: true }; new: Compiled & { ok: true } } {
  const old = generate("old", emptyLock);
  return { old, new: generate("new", old.evolution.lock) };
}

/** Replaces what is committed. */
export async function writeGenerated(version: "old" | "new", files: Compiled & { ok: true }): Promise<void> {
  await rm(fileOf(`${version}/generated`), { recursive: true, force: true });
  for (const [path, text] of files.files) {
    const target = fileOf(`${version}/generated/${path}`);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}
