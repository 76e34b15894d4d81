import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Changes } from "./plan-changes.js";

/** Carries out changes. Each file is replaced whole, so that nobody reads a half-written one. */
export async function applyChanges(folder: string, changes: Changes): Promise<void> {
  for (const [path, text] of changes.write) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(`${target}.new`, text);
    await rename(`${target}.new`, target);
  }
  for (const path of changes.remove) await rm(join(folder, path));
}
