import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { codegen } from "./codegen-process.js";

// Each run starts TypeScript.
vi.setConfig({ testTimeout: 120_000 });

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "antwire-target-"));
  await mkdir(join(folder, "idl"));
  await writeFile(join(folder, "idl/clock.d.ts"), "export interface Clock { now(): Promise<Date> }\n");
});

afterAll(() => rm(folder, { recursive: true }));

const stubs = async () => (await readdir(join(folder, "generated/stubs"))).sort();

it("each target leaves nothing of the other behind, and --check tells what would go", async () => {
  expect((await codegen(folder)).code).toBe(0);
  expect(await stubs()).toEqual(["clock.d.ts", "clock.js"]);
  const check = await codegen(folder, "--target", "ts", "--check");
  expect(check.code).toBe(1);
  for (const path of ["clock.d.ts", "clock.js", "clock.ts"]) {
    expect(check.errors).toContain(`stale: generated/stubs/${path}`);
  }
  expect((await codegen(folder, "--target", "ts")).code).toBe(0);
  expect(await stubs()).toEqual(["clock.ts"]);
  expect((await codegen(folder)).code).toBe(0);
  expect(await stubs()).toEqual(["clock.d.ts", "clock.js"]);
});
