import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../generator/main.ts", import.meta.url));
const tsx = fileURLToPath(import.meta.resolve("tsx"));

/** The command as it runs for users, in a process of its own. */
export class CodegenProcess {
  /** What it said so far on standard output and on standard error. */
  out = "";
  errors = "";
  /** The exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly #child;

  /** @param folder the folder to run it in */
  constructor(folder: string, flags: readonly string[]) {
    const child = spawn(process.execPath, ["--import", tsx, main, ...flags], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.errors += text;
    });
    this.#child = child;
    this.ended = new Promise((resolve) => child.on("close", resolve));
    this.kill = (signal) => child.kill(signal);
  }

  /** Waits until it has said something `times` times; fails if it ends without. */
  async says(what: string, times = 1): Promise<void> {
    const isSaid = () => (this.out + this.errors).split(what).length > times;
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (isSaid()) resolve();
      };
      this.#child.stdout.on("data", look);
      this.#child.stderr.on("data", look);
      this.#child.once("close", () => reject(new Error(`it ended without saying ${what}: ${this.errors}`)));
      look();
    });
  }
}

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  /** The lines of standard error. */
  readonly errors: readonly string[];
}

/** Runs the command to its end. */
export async function codegen(folder: string, ...flags: string[]): Promise<Outcome> {
  const child = new CodegenProcess(folder, flags);
  const code = await child.ended;
  return { code, out: child.out, errors: child.errors.split("\n").filter((line) => line !== "") };
}
