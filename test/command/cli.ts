import { type Ran, type Running, run, start } from "../setup/run.js";

const main = ["--import", "tsx", "runtime/command/main.ts"];

/** Runs `antwire` to its end, in the root of the project. */
export function antwire(...words: readonly string[]): Promise<Ran> {
  return run(process.execPath, [...main, ...words]);
}

/** Starts `antwire`, in the root of the project. */
export function startAntwire(...words: readonly string[]): Running {
  return start(process.execPath, [...main, ...words]);
}
