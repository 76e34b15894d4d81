import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Compiled, compile } from "../../generator/compile.js";
import { parseLock } from "../../generator/lock/parse-lock.js";
import { cases, compileCase, golden } from "./cases.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Nothing of it belongs into the repository. Test files run at one time, and each has a folder of its own. */
const folderOf = (test: string) => join(root, ".antwire/typed", test);

/** The IDLs of the project itself. */
const own = ["idl", "bench/idl", "test/contract/idl", "test/faults/idl"];

/** What an IDL compiles to: as JavaScript with declarations, and as TypeScript. */
export interface Forms {
  readonly name: string;
  /** Texts by path. */
  readonly plain: ReadonlyMap<string, string>;
  readonly typed: ReadonlyMap<string, string>;
  /** Where `typed` stands on disk. */
  readonly folder: string;
}

/** All IDLs here that compile, in both forms, the typed one also on disk. */
export function writeTypedForms(test: string): Forms[] {
  const folder = folderOf(test);
  rmSync(folder, { recursive: true, force: true });
  const forms = [
    ...cases.map((name) => formsOfCase(name, join(folder, name))),
    ...own.map((idl) => formsOfOwn(idl, join(folder, idl.replaceAll("/", "-")))),
  ];
  return forms.flatMap((found) => found ?? []);
}

function formsOfCase(name: string, typed: string): Forms | undefined {
  const options = placed(typed, join(golden, name, "idl"));
  return write(name, typed, compileCase(name, options), compileCase(name, { ...options, target: "ts" }));
}

function formsOfOwn(idl: string, typed: string): Forms | undefined {
  const options = {
    folder: join(root, idl),
    builtinTypes: join(root, "runtime/idl.ts"),
    shownFrom: root,
    lock: parseLock(undefined),
    ...placed(typed, join(root, idl)),
  };
  return write(idl, typed, compile(options), compile({ ...options, target: "ts" }));
}

function placed(typed: string, idl: string) {
  return { idlFolder: relative(typed, idl), door: relative(typed, join(root, "runtime/generated.js")) };
}

function write(name: string, folder: string, plain: Compiled, typed: Compiled): Forms | undefined {
  if (!plain.ok || !typed.ok) return undefined;
  for (const [path, text] of typed.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { name, plain: plain.files, typed: typed.files, folder };
}

/** The settings of `test/golden/tsconfig.json`, for the typed forms. */
export function writeTypedConfig(test: string): string {
  const path = join(folderOf(test), "tsconfig.json");
  const config = { extends: "../../../test/golden/tsconfig.json", include: ["**/*.ts"] };
  writeFileSync(path, JSON.stringify(config));
  return relative(root, path);
}
