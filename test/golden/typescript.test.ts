import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

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

describe.each(compilers)("TypeScript %s", (version, path) => {
  it("is what is called so", async () => {
    expect(await tsc(path, "--version")).toMatch(new RegExp(`^Version ${version}\\.`));
  });

  it("accepts what is generated for all cases, under strict settings", async () => {
    expect(await tsc(path, "--project", "test/golden")).toBe("");
  }, 120_000);
});

it("TypeScript 7 accepts the framework's own source", async () => {
  expect(await tsc(compilers[1][1], "--project", ".")).toBe("");
}, 120_000);
