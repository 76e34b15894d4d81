import { tmpdir } from "node:os";
import { expect, it, vi } from "vitest";
import { diagnosticCodes } from "../../generator/model/diagnostic-codes.js";
import { codegen } from "./codegen-process.js";

// Each test starts processes, and each of them TypeScript.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

// Where it runs makes no difference.
const explain = (...codes: string[]) => codegen(tmpdir(), "explain", ...codes);

it("explains every code, with an example before and after", async () => {
  const codes = Object.keys(diagnosticCodes);
  const { code, out, errors } = await explain(...codes);
  expect({ code, errors }).toEqual({ code: 0, errors: [] });
  const sections = out.split(/^(?=IDL\d{4}: )/m);
  expect(sections.map((section) => section.slice(0, section.indexOf("\n")))).toEqual(
    Object.entries(diagnosticCodes).map(([known, title]) => `${known}: ${title}`),
  );
  for (const section of sections) {
    expect(section).toMatch(/^IDL\d{4}: .+\n\n(.+\n)+\nBefore:\n\n( {4}.+\n|\n)+\nAfter:\n\n {4}/);
  }
});

it("takes a code as people type it", async () => {
  const { out } = await explain("IDL1108");
  expect(out).toContain("Whoever reads a union has to find out which member came.");
  for (const typed of ["idl1108", "1108", "IDL1108:"]) expect((await explain(typed)).out).toBe(out);
});

it("says which code might be meant by one that it does not have", async () => {
  const { code, out, errors } = await explain("IDL1180");
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(errors[0]).toMatch(/^explain: the compiler has no IDL1180; did you mean IDL11\d\d\?$/);
  expect((await explain("nonsense")).errors[0]).toBe(
    "explain: the compiler has no nonsense; its codes look like IDL1108, and docs/errors.md lists them",
  );
});
