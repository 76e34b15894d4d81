import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

// In the package everything is one folder higher, beside the bundle.
const folder = fileURLToPath(new URL("./template/", import.meta.url));

/** The files of a new game, by their path, without what depends on where it stands. */
export function readTemplate(name: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, "utf8").replaceAll("{{name}}", name);
    files.set(nameInGame(relative(folder, path).split(sep).join("/")), text);
  }
  return files;
}

/** npm leaves files of this name out of packages. */
function nameInGame(path: string): string {
  return path === "gitignore" ? ".gitignore" : path;
}
