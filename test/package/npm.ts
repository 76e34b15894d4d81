import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ran, root, run } from "../setup/run.js";

/** What npm tells its scripts about the project that they belong to, and must not tell about another one. */
const ofThisProject = /^(npm_(package|lifecycle)_|npm_config_local_prefix$|INIT_CWD$)/;

/** The environment of somebody who has never been here: what to take out of this one. */
export function freshEnvironment(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) => ofThisProject.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

export function createFolder(): string {
  return mkdtempSync(join(tmpdir(), "antwire-package-"));
}

/** Runs a program in a folder; throws what it said where it fails. */
export async function runIn(folder: string, program: string, ...args: string[]): Promise<Ran> {
  const ran = await run(program, args, { cwd: folder, env: freshEnvironment() });
  if (ran.code === 0) return ran;
  throw new Error(`${program} ${args.join(" ")} ended with ${ran.code}\n${ran.stdout}${ran.stderr}`);
}

/** `npm install` as the lockfile's install left its cache: nothing is looked up again. */
export const install = ["install", "--prefer-offline", "--no-audit", "--no-fund"] as const;

/** Builds and packs this project. Returns the tarball's path. */
export async function pack(folder: string): Promise<string> {
  const { stdout } = await runIn(root, "npm", "pack", "--silent", "--pack-destination", folder);
  // The last line: before it comes what the build says.
  return join(folder, stdout.trim().split("\n").at(-1) ?? "");
}
