import { rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { provideTools } from "../setup/tools.js";
import { createFolder, pack } from "./npm.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The packed package. */
    readonly tarball: string;
  }
}

/** Runs once before the tests of the package: packs it, which takes as long as some of them. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  provideTools(["chromium"]);
  const folder = createFolder();
  project.provide("tarball", await pack(folder));
  return () => rm(folder, { recursive: true, force: true });
}
