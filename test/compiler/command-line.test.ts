import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { readCommandLine, UsageError } from "../../generator/command-line.js";
import { codegen } from "./codegen-process.js";

// Each test starts processes, and each of them TypeScript.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const read = (line: string) => readCommandLine(["node", "main.ts", ...line.split(" ").filter(Boolean)]);

describe("the command line of codegen", () => {
  it("has a default for everything", () => {
    const options = { idl: "idl", out: "generated", format: "text", accept: [], strict: false };
    expect(read("")).toEqual({ name: "generate", options: { ...options, check: false } });
    expect(read("--watch")).toEqual({ name: "watch", options });
  });

  it("takes texts as they are, and --accept more than once", () => {
    expect(read("--idl 5 --out=0x10 --accept 1 --accept added-field:A.b --strict")).toMatchObject({
      options: { idl: "5", out: "0x10", accept: ["1", "added-field:A.b"], strict: true },
    });
    expect(read("--check --strict --format github")).toMatchObject({
      options: { check: true, strict: true, format: "github" },
    });
    expect(read("explain 1108 IDL1102")).toEqual({ name: "explain", codes: ["1108", "IDL1102"] });
  });

  it.each([
    ["--chekc", "Unknown option '--chekc'; did you mean --check?"],
    ["idl", "there is no command idl"],
    ["explain", "explain takes a code, such as IDL1108"],
    ["explain IDL1108 --check", "explain takes no flags"],
    ["--check=no", "Option '--check' does not take an argument"],
    ["--format", "Option '--format <value>' argument missing"],
    ["--format xml", "--format xml is none of text, json, github"],
    ["--target go", "--target go is none of js, ts"],
    ["--format json --format text", "--format is there twice"],
    ["--idl a --idl b", "--idl is there twice"],
    ["--idl=", "--idl is empty"],
    ["--idl --watch", "Option '--idl' argument is ambiguous"],
    ["--check --accept all", "--accept writes the lock, and --check writes nothing"],
    ["--watch --accept all", "--accept decides once, and --watch goes on"],
    ["--watch --check", "--check looks once, and --watch goes on"],
  ])("refuses `%s`", (line, message) => {
    expect(() => read(line)).toThrow(new UsageError(message));
  });

  it("prints help on demand", () => {
    const log = vi.spyOn(console, "log").mockReturnValue();
    try {
      expect(read("--help")).toBeUndefined();
      expect(log.mock.lastCall?.[0]).toContain("--format <format>");
    } finally {
      log.mockRestore();
    }
  });
});

it("a wrong command line ends codegen with 2, and nothing on standard output", async () => {
  expect(await codegen(tmpdir(), "--format", "xml")).toEqual({
    code: 2,
    out: "",
    errors: ["codegen: --format xml is none of text, json, github", "Try: npm run codegen -- --help"],
  });
});

it("a folder without interface files ends codegen with 2", async () => {
  const { code, errors } = await codegen(tmpdir(), "--idl", join("no", "such", "folder"));
  expect(code).toBe(2);
  expect(errors[0]).toMatch(/^no\/such\/folder:1:1 - error IDL1002: /);
});
