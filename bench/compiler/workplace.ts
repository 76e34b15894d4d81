import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeSyntheticIdl } from "./synthetic-idl.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What the bar of the compiler speaks of: 200 modules and 2,000 types. */
const size = { modules: 200, types: 10 };

// The config speaks of Node's TLS. All of @types/node would be most of the time on both sides, and hide the rest.
const node = [
  'declare module "node:crypto" { export interface X509Certificate {} }',
  "interface Buffer extends Uint8Array {}",
  "",
].join("\n");

/** A folder with the synthetic IDL, and what compilers make of it. */
export class Workplace {
  readonly #folder = mkdtempSync(join(tmpdir(), "antwire-bench-"));
  readonly idl = join(this.#folder, "idl");
  #outs = 0;
  #edits = 0;

  constructor() {
    mkdirSync(this.idl);
    writeFileSync(join(this.#folder, "node.d.ts"), node);
    for (const [name, text] of writeSyntheticIdl(size)) writeFileSync(join(this.idl, name), text);
  }

  /** Where `codegen` writes. */
  get out(): string {
    return join(this.#folder, `generated-${this.#outs}`);
  }

  /** What `antwire codegen` of the package takes to compile the folder. */
  get codegen(): string[] {
    return ["dist/generator/main.js", "--idl", this.idl, "--out", this.out];
  }

  /** What `tsc` takes to check some of the folder's files. */
  tsc(files: "idl" | "generated", lib: readonly string[] = ["ES2023"]): string[] {
    const config = join(this.#folder, `tsconfig.${files}.json`);
    const include = ["node.d.ts", `${basename(files === "idl" ? this.idl : this.out)}/**/*.d.ts`];
    writeFileSync(config, JSON.stringify({ compilerOptions: compilerOptions(lib), include }));
    return ["node_modules/typescript/bin/tsc", "--noEmit", "--project", config];
  }

  /**
   * Lets the next run begin anew, in another folder. What was written stays until the end, because files that were just
   * removed may make new ones expensive: ext4 without a journal goes past each of them in search of a free one,
   * which took up to 1 ms a file where 0.04 ms are usual.
   */
  clear(): void {
    this.#outs++;
    rmSync(join(this.idl, "antwire.lock.json"), { force: true });
  }

  /** Adds a field to a type of one module's file, another one each time. */
  edit(): void {
    const edit = this.#edits++;
    // Every tenth file is imported by those that follow; these are the others.
    const module = (edit * 10 + 15) % size.modules;
    const path = join(this.idl, `m${module}.d.ts`);
    const text = readFileSync(path, "utf8");
    writeFileSync(
      path,
      text.replace("  online: boolean;\n", `  online: boolean;\n  edit${edit}?: uint32;\n`),
    );
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function compilerOptions(lib: readonly string[]) {
  return {
    target: "ES2022",
    module: "ESNext",
    moduleResolution: "Bundler",
    lib,
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    // Not `skipLibCheck`, which would skip the IDL.
    skipDefaultLibCheck: true,
    paths: { "antwire/*": [join(root, "dist/runtime/*.d.ts")] },
  };
}
