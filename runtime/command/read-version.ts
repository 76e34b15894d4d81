import { readFile } from "node:fs/promises";

/** The version of this package. */
export async function readVersion(): Promise<string> {
  // As deep in the package as its compiled file, which is at dist/runtime/.
  const path = new URL("../../package.json", import.meta.url);
  const { version }: { readonly version: string } = JSON.parse(await readFile(path, "utf8"));
  return version;
}
