import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "../../generator/compile.js";
import { emptyLock } from "../../generator/lock/lock.js";
import type { Model } from "../../generator/model/model.js";
import { checkFiles } from "./check-samples.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A project of its own, made of what the documents show. */
export interface SampleProject extends AsyncDisposable {
  readonly model: Model;
  /** What a file of it exports. */
  load(path: string): Promise<Record<string, unknown>>;
  /** What the compiler has against its files, in the order of their paths. */
  complaints(): string[];
}

/**
 * Writes the files, and generates code for those in `idl/`.
 *
 * @param files texts by their paths
 */
export async function createSampleProject(files: Readonly<Record<string, string>>): Promise<SampleProject> {
  const folder = await mkdtemp(join(tmpdir(), "antwire-docs-"));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  // For the compiler. What runs comes by paths, or it would be another copy of the runtime than the tests'.
  await mkdir(join(folder, "node_modules"));
  await symlink(root, join(folder, "node_modules/antwire"));
  await write("package.json", '{ "type": "module" }');
  for (const [path, text] of Object.entries(files)) await write(path, text);
  const compiled = compile({
    folder: join(folder, "idl"),
    builtinTypes: join(root, "runtime/idl.ts"),
    shownFrom: folder,
    lock: emptyLock,
    idlFolder: "../idl",
    door: relative(join(folder, "generated"), join(root, "runtime/generated.js")),
  });
  if (!compiled.ok) {
    await rm(folder, { recursive: true });
    throw new Error(
      compiled.diagnostics.map(({ at, message }) => `${at.file}:${at.line} ${message}`).join("\n"),
    );
  }
  for (const [path, text] of compiled.files) await write(join("generated", path), text);
  return {
    model: compiled.model,
    load: (path) => import(join(folder, path)),
    complaints: () => checkFiles(Object.keys(files).map((path) => join(folder, path))),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
