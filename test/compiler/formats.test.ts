import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { codegen } from "./codegen-process.js";

// Each test starts processes, and each of them TypeScript.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const chat = (line: string) => `import type * as idl from "antwire/idl";
export interface Line { ${line} }
export interface Chat {
  say(session: idl.Session, text: string): Promise<void>;
  readonly said: idl.Push<Line>;
}
`;

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "antwire-formats-"));
  await mkdir(join(folder, "idl"));
});

afterEach(() => rm(folder, { recursive: true }));

const write = (text: string) => writeFile(join(folder, "idl", "chat.d.ts"), text);

it("reports diagnostics as text, as one JSON document, and as GitHub's annotations", async () => {
  await write(chat('text: any; "50%,:": Date; at: () => void'));
  const [text, json, github] = await Promise.all(
    ["text", "json", "github"].map((format) => codegen(folder, "--format", format)),
  );
  const summary = "2 errors; nothing was written.";
  expect(text).toMatchObject({ code: 1, out: "" });
  expect(text?.errors.filter((line) => !line.startsWith("  "))).toEqual([
    "idl/chat.d.ts:2:25 - error IDL1102: `any` says nothing about the value",
    "idl/chat.d.ts:2:51 - error IDL1103: a function cannot travel",
    summary,
  ]);
  expect(json).toMatchObject({ code: 1, errors: [summary] });
  expect(JSON.parse(json?.out ?? "")).toEqual({
    ok: false,
    diagnostics: [
      {
        code: "IDL1102",
        severity: "error",
        file: "idl/chat.d.ts",
        line: 2,
        column: 25,
        endColumn: 29,
        message: "`any` says nothing about the value",
        path: "Chat.said -> pushed.text",
        hint: "name the type that it has, or write `unknown`",
      },
      expect.objectContaining({ code: "IDL1103", column: 51 }),
    ],
    evolution: [],
    stale: [],
    written: [],
  });
  expect(github).toMatchObject({ code: 1, errors: [summary] });
  expect(github?.out.split("\n")[0]).toBe(
    "::error file=idl/chat.d.ts,line=2,col=25,title=IDL1102%3A `any` says nothing about the value::" +
      "`any` says nothing about the value%0Ain Chat.said -> pushed.text%0Ahelp: name the type that it has, or write `unknown`",
  );
});

it("escapes what would end an annotation", async () => {
  await write(chat("\n  /** @pattern 50%,:( */\n  text: string"));
  const { out } = await codegen(folder, "--format", "github");
  expect(out).toMatch(/^::error file=idl\/chat\.d\.ts,line=3,col=\d+,title=IDL1404%3A [^:,]+::/);
  expect(out).toMatch(/ \/50%25,:\(\/.*%0Ain Chat\.said -> pushed\.text%0Ahelp: .*\n$/);
});

it("takes warnings for errors with --strict, and shows what has no bound", async () => {
  await write(chat("text: string"));
  expect(await codegen(folder)).toMatchObject({ code: 0, errors: [] });
  const { code, out, errors } = await codegen(folder, "--strict", "--format", "json");
  expect(code).toBe(1);
  expect(JSON.parse(out).diagnostics).toMatchObject([{ code: "IDL1601", severity: "error" }]);
  expect(errors).toEqual(["1 error; nothing was written."]);
});

it("reports with --check what is stale and what breaks, in each format", async () => {
  await write(chat("text: string"));
  await codegen(folder);
  expect(await codegen(folder, "--check", "--format", "json")).toEqual({
    code: 0,
    out: '{"ok":true,"diagnostics":[],"evolution":[],"stale":[],"written":[]}\n',
    errors: [],
  });
  await write(chat("at: Date"));
  const [text, json, github] = await Promise.all(
    ["text", "json", "github"].map((format) => codegen(folder, "--check", "--format", format)),
  );
  const summary = [
    "1 break of what is shipped: the lock stays as it is until each is mended or accepted.",
    "Run `npm run codegen` and commit what it writes.",
  ];
  expect(text).toMatchObject({ code: 1, out: "" });
  expect(text?.errors).toContain("stale: generated/codecs/chat.js");
  expect(text?.errors.slice(-2)).toEqual(summary);
  expect(json).toMatchObject({ code: 1, errors: summary });
  const report = JSON.parse(json?.out ?? "");
  expect(report).toMatchObject({ ok: false, diagnostics: [], written: [] });
  expect(report.stale).toContain("generated/codecs/chat.js");
  expect(report.evolution).toEqual([
    {
      level: "breaking",
      rule: "removed-field",
      path: "Line.text",
      what: "the field is gone",
      whom: ["clients that listen to Chat.said"],
    },
  ]);
  expect(github).toMatchObject({ code: 1, errors: summary });
  expect(github?.out).toContain(
    "::error title=removed-field%3ALine.text::the field is gone; for clients that",
  );
  expect(github?.out).toContain("::error file=generated/codecs/chat.js,title=stale::");
});
