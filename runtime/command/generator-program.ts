import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Command } from "./command.js";

// The runtime does not know the generator: it is a program beside it. Compiled files are one folder higher.
const path = import.meta.url.endsWith(".ts") ? "../../generator/main.ts" : "../generator/main.js";
const main = fileURLToPath(new URL(path, import.meta.url));

/** The words that start the generator with these arguments, in a process of its own. */
export function generatorWords(...words: readonly string[]): string[] {
  // What runs this program as TypeScript runs that one too.
  return [...process.execArgv, main, ...words];
}

/** A command that the generator carries out. */
export function inGenerator(...first: readonly string[]): () => Promise<Command> {
  return async () => ({
    run: (words) => runToEnd(generatorWords(...first, ...words)),
  });
}

/** Runs a program of Node that has this one's terminal, and returns what it ends with. */
async function runToEnd(words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, words, { stdio: "inherit" });
  const forward = (signal: NodeJS.Signals) => {
    // A terminal sends this to both.
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, forward);
  const [code, signal]: readonly unknown[] = await once(child, "exit");
  if (typeof code === "number") return code;
  // What shells make of a signal; 15 is SIGTERM.
  return 128 + (signal === "SIGINT" ? 2 : signal === "SIGKILL" ? 9 : 15);
}
