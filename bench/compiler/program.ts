import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const usageReporter = new URL("usage.mjs", import.meta.url).href;

/** What a process took since it began. */
export interface Usage {
  /** In microseconds. */
  readonly cpu: number;
  /** The most that it had, in MiB. */
  readonly memory: number;
}

/** A Node.js program under measure. */
export class Program {
  readonly #process: ChildProcess;
  readonly #usages: Interface;
  readonly #lines: Interface;

  /**
   * @param args what follows `node` on the command line
   * @param errors what becomes of what it writes to its standard error stream
   */
  constructor(args: readonly string[], errors: "inherit" | "ignore" = "inherit") {
    this.#process = spawn(process.execPath, ["--import", usageReporter, ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", errors, "pipe"],
    });
    const [, output, , usages] = this.#process.stdio;
    if (!(output instanceof Readable) || !(usages instanceof Readable)) throw new Error("no pipes");
    this.#lines = createInterface(output);
    this.#usages = createInterface(usages);
  }

  /** Resolves when the program prints a line that matches; rejects when it ends before. */
  prints(pattern: RegExp): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (line: string) => {
        if (!pattern.test(line)) return;
        this.#lines.off("line", look);
        this.#process.off("exit", fail);
        resolve();
      };
      const fail = (code: number | null) => reject(new Error(`ended with exit code ${code}`));
      this.#lines.on("line", look);
      this.#process.once("exit", fail);
    });
  }

  /** What a running program took until now. */
  async usage(): Promise<Usage> {
    const told = once(this.#usages, "line");
    this.#process.kill("SIGUSR2");
    return parse(await told);
  }

  /** Resolves when the program has done its work; rejects where it failed. */
  async ended(): Promise<Usage> {
    const told = once(this.#usages, "line");
    const printed: string[] = [];
    this.#lines.on("line", (line) => printed.push(line));
    const [code] = await once(this.#process, "exit");
    if (code !== 0) throw new Error(`exit code ${code}:\n${printed.slice(0, 20).join("\n")}`);
    return parse(await told);
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }
}

function parse([line]: string[]): Usage {
  return JSON.parse(line ?? ""); // `usage.mjs` has written it.
}
