import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile } from "../../generator/compile.js";
import { type Example, readExplanations } from "../../generator/explain/explain.js";
import { emptyLock } from "../../generator/lock/lock.js";
import { diagnosticCodes } from "../../generator/model/diagnostic-codes.js";
import { formatJson } from "../../generator/report/format-json.js";

const text = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
const explanations = readExplanations(text);

it("docs/errors.md lists the diagnostics that the compiler has", () => {
  const rows = [...text.matchAll(/^\| \[(IDL\d{4})\]\(#(\w+)\) \| (.+?) \|$/gm)];
  expect(Object.fromEntries(rows.map(([, code, , title]) => [code, title]))).toEqual(diagnosticCodes);
  expect(rows.map(([, , anchor]) => anchor)).toEqual(rows.map(([, code = ""]) => code.toLowerCase()));
});

it("docs/errors.md explains each of them once, in that order", () => {
  expect(text.match(/^## IDL\d{4}$/gm)).toHaveLength(explanations.length);
  expect(explanations.map(({ code }) => code)).toEqual(Object.keys(diagnosticCodes));
});

it("docs/errors.md shows the report in JSON as it is", () => {
  const [, json = ""] = /```json\n(.*?)```/s.exec(text) ?? [];
  const report = JSON.parse(json);
  const { line, column, endColumn, ...diagnostic } = report.diagnostics[0];
  const at = { file: diagnostic.file, line, column, length: endColumn - column };
  expect(JSON.parse(formatJson({ ...report, diagnostics: [{ ...diagnostic, at }] }))).toEqual(report);
});

describe("an example in docs/errors.md", () => {
  // What the examples leave out.
  const builtins =
    "Failure MaxItems MaxLength Push Session SessionData UserSession float32 uint8 uint16 uint32".split(" ");
  const about = explanations.filter(({ before }) => before.language === "ts");
  // In a module a type parameter comes from nowhere else.
  const besides: Record<string, string[]> = { IDL1106: ["IDL1208"], IDL1114: ["IDL1208"] };
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "antwire-errors-"));
    await write("game/vector.ts", "export interface Vector { x: number; y: number }\n");
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it.each(about)("of $code shows it before, and nothing else", async ({ code, before }) => {
    expect(new Set(await codesOf(code, before))).toEqual(new Set([code, ...(besides[code] ?? [])]));
  });

  it.each(about)("of $code is right after", async ({ code, after }) => {
    expect(await codesOf(code, after)).toEqual([]);
  });

  async function codesOf(code: string, { source }: Example): Promise<string[]> {
    const used = builtins.filter((name) => new RegExp(`\\b${name}\\b`).test(source));
    await write("idl/example.d.ts", `import type { ${used.join(", ")} } from "antwire/idl";\n${source}`);
    const compiled = compile({
      folder: join(folder, "idl"),
      builtinTypes: fileURLToPath(new URL("../../runtime/idl.ts", import.meta.url)),
      shownFrom: folder,
      lock: emptyLock,
      idlFolder: "../idl",
      door: "antwire/generated",
      // The compiler shows these on request only.
      strict: code >= "IDL1600",
    });
    return compiled.ok ? [] : compiled.diagnostics.map((diagnostic) => diagnostic.code);
  }

  async function write(path: string, content: string): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
});
