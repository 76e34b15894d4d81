import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import type { Compiled } from "../../generator/compile.js";
import { printLock } from "../../generator/lock/print-lock.js";
import { diagnosticCodes } from "../../generator/model/diagnostic-codes.js";
import { formatDiagnostic } from "../../generator/report/format-diagnostic.js";
import { cases, compileCase, golden } from "./cases.js";

// Each folder here is a case: what `idl/` compiles to stands in `expected/`, or what is wrong with it in
// `diagnostics.txt`. `UPDATE_GOLDENS=1 npx vitest run test/golden/golden.test.ts` writes both anew; read the difference.
const update = process.env.UPDATE_GOLDENS === "1";

describe("golden", () => {
  it.each(cases)("%s compiles to what is expected", async (name) => {
    const folder = join(golden, name);
    const produced = print(compileCase(name), folder);
    if (update) await rewrite(folder, produced);
    expect(Object.fromEntries(produced)).toEqual(Object.fromEntries(readExpected(folder)));
  });

  it("shows each diagnostic in at least one case", () => {
    const shown = cases.flatMap((name) => {
      const path = join(golden, name, "diagnostics.txt");
      return existsSync(path) ? (readFileSync(path, "utf8").match(/IDL\d{4}/g) ?? []) : [];
    });
    expect([...new Set(shown)].sort()).toEqual(Object.keys(diagnosticCodes).sort());
  });
});

/** The case's files as they should stand in its folder. */
function print(compiled: Compiled, folder: string): Map<string, string> {
  if (compiled.ok) {
    const files = [...compiled.files].map(([path, text]): [string, string] => [`expected/${path}`, text]);
    return new Map([...files, ["expected/antwire.lock.json", printLock(compiled.evolution.lock)]]);
  }
  const texts = compiled.diagnostics.map((diagnostic) => {
    const path = join(folder, diagnostic.at.file);
    return formatDiagnostic(diagnostic, existsSync(path) ? readSource(path) : undefined);
  });
  return new Map([["diagnostics.txt", `${texts.join("\n\n")}\n`]]);
}

function readSource(path: string): string | undefined {
  return path.endsWith(".d.ts") ? readFileSync(path, "utf8") : undefined;
}

function readExpected(folder: string): Map<string, string> {
  const files = listFiles(join(folder, "expected"));
  const diagnostics = join(folder, "diagnostics.txt");
  if (existsSync(diagnostics)) files.push(diagnostics);
  return new Map(files.map((path) => [relative(folder, path), readFileSync(path, "utf8")]));
}

async function rewrite(folder: string, produced: ReadonlyMap<string, string>): Promise<void> {
  await rm(join(folder, "expected"), { recursive: true, force: true });
  await rm(join(folder, "diagnostics.txt"), { force: true });
  for (const [path, text] of produced) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
