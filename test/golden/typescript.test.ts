import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { writeTypedConfig, writeTypedForms } from "./typed-forms.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

// Beside each other both packages would install a `tsc` under one name, so TypeScript 7 has a folder of its own.
const compilers = [
  ["6", "node_modules/typescript/bin/tsc"],
  ["7", "test/compiler/typescript-7/node_modules/typescript/bin/tsc"],
] as const;

/** What a compiler prints, which is nothing where all is well. */
function tsc(path: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [path, ...args], { cwd: root }, (error, stdout, stderr) => {
      // With a code of its own it has reported something.
      if (error && typeof error.code !== "number") reject(error);
      else resolve(stdout + stderr);
    });
  });
}

let typed = "";

beforeAll(() => {
  expect(writeTypedForms("checked").length).toBeGreaterThan(15);
  typed = writeTypedConfig("checked");
}, 60_000);

describe.each(compilers)("TypeScript %s", (version, path) => {
  it("is what is called so", async () => {
    expect(await tsc(path, "--version")).toMatch(new RegExp(`^Version ${version}\\.`));
  });

  it("accepts each line that is generated, under strict settings", async () => {
    expect(await tsc(path, "--project", typed)).toBe("");
  }, 120_000);

  it("accepts the declarations beside JavaScript, and the IDL that they speak of", async () => {
    expect(await tsc(path, "--project", "test/golden")).toBe("");
  }, 120_000);
});

it("TypeScript 7 accepts the framework's own source", async () => {
  expect(await tsc(compilers[1][1], "--project", ".")).toBe("");
}, 120_000);
