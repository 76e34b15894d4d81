import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "./command-error.js";

/** The script in a package.json that builds the page, and again after each edit until it is ended. */
const script = "watch:page";

/**
 * Runs the project's script that builds its page, where there is one.
 *
 * @param folder where the package.json is
 * @returns what ends it
 */
export async function startPage(folder: string): Promise<() => void> {
  if (!(await hasScript(folder))) return () => {};
  // A shell finds npm on each platform. Its standard input stays open as long as this process lives, which is what
  // esbuild watches for; and as a group it can be ended with all that npm starts, to which npm passes nothing on.
  const hasGroups = process.platform !== "win32";
  const child = spawn(`npm run --silent ${script}`, {
    cwd: folder,
    shell: true,
    detached: hasGroups,
    stdio: ["pipe", "inherit", "inherit"],
  });
  let isEnding = false;
  child.once("exit", (code) => {
    if (!isEnding)
      process.stderr.write(`npm run ${script} ended with ${code ?? "a signal"}: the page stays as it is.\n`);
  });
  return () => {
    isEnding = true;
    child.stdin.end();
    if (hasGroups) endGroup(child);
  };
}

/** Throws a `UsageError` where the package.json is no JSON. */
async function hasScript(folder: string): Promise<boolean> {
  const path = join(folder, "package.json");
  try {
    const { scripts } = JSON.parse(await readFile(path, "utf8"));
    return typeof scripts?.[script] === "string";
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    if (error instanceof SyntaxError) throw new UsageError(`${path} is no JSON: ${error.message}`);
    throw error;
  }
}

function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, "SIGTERM");
}
