import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A program that runs, and what it has said so far. */
export interface Running {
  readonly process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Both, as they came. */
  output(): string;
  /** Resolves with the exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Resolves once what it has said satisfies the condition; rejects when it ends before. */
  until(isSatisfied: (output: string) => boolean): Promise<string>;
}

/** How a program is started. */
export interface RunOptions {
  /** What it reads on its standard input. */
  readonly input?: string;
  /** Environment variables, beside those of this process; undefined for one that is not to be there. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder to run it in; default: the root of the project. */
  readonly cwd?: string;
}

/** Starts a program. */
export function start(
  program: string,
  args: readonly string[],
  { input = "", env = {}, cwd = root }: RunOptions = {},
): Running {
  const child = spawn(program, args, { cwd, stdio: "pipe", env: { ...process.env, ...env } });
  let stdout = "";
  let stderr = "";
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    output += text;
  });
  child.stdin.on("error", () => {}); // It may end without reading.
  child.stdin.end(input);
  const ended = once(child, "close").then(() => child.exitCode);

  const until = (isSatisfied: (output: string) => boolean): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (isSatisfied(output)) resolve(output);
      };
      child.stdout.on("data", look);
      child.stderr.on("data", look);
      child.on("close", () => {
        look();
        reject(new Error(`${program} ended with exit code ${child.exitCode}.\n${output}`));
      });
      look();
    });

  return { process: child, stdout: () => stdout, stderr: () => stderr, output: () => output, ended, until };
}

/** What a program that has ended said. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export async function run(program: string, args: readonly string[], options?: RunOptions): Promise<Ran> {
  const running = start(program, args, options);
  const code = await running.ended;
  return { code, stdout: running.stdout(), stderr: running.stderr() };
}
