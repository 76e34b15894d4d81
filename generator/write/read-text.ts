import { readFile } from "node:fs/promises";

/** The text of a file; undefined where there is none, or a folder. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR")) {
      return undefined;
    }
    throw error;
  }
}
