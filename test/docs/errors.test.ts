import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { diagnosticCodes } from "../../generator/model/diagnostic-codes.js";

it("docs/errors.md lists the diagnostics that the compiler has", () => {
  const text = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
  const rows = [...text.matchAll(/^\| (IDL\d{4}) \| (.+?) \|/gm)].map(([, code, title]) => [code, title]);
  expect(Object.fromEntries(rows)).toEqual(diagnosticCodes);
});
