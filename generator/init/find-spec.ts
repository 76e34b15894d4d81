import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * How a new game is to depend on antwire: as the project does in which it was called, or on this version where
 * no project has it. Paths are as the new folder sees them.
 */
export function findSpec(from: string, target: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const { dependencies, devDependencies } = readPackageJson(folder) ?? {};
    const spec = dependencies?.antwire ?? devDependencies?.antwire;
    if (spec !== undefined) return seenFrom(target, folder, spec);
    if (folder === dirname(folder)) return `^${ownVersion()}`;
  }
}

/** A path in a spec is relative to the package.json that has it. */
function seenFrom(target: string, folder: string, spec: string): string {
  const [, kind, path] = /^(file:|link:)(.*)$/.exec(spec) ?? [];
  if (kind === undefined || path === undefined) return spec;
  const seen = relative(target, resolve(folder, path)).split(sep).join("/");
  return `${kind}${seen}`;
}

/** The version of this package. */
export function ownVersion(): string {
  for (
    let folder = dirname(fileURLToPath(import.meta.url));
    folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    const { name, version } = readPackageJson(folder) ?? {};
    if (name === "antwire" && version !== undefined) return version;
  }
  throw new Error("This installation of antwire has no package.json", { cause: "incomplete installation" });
}

function readPackageJson(folder: string): PackageJson | undefined {
  const path = join(folder, "package.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}
