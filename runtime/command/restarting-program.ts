import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A program of Node that is started again and again, one run at a time. */
export class RestartingProgram {
  readonly #words: readonly string[];
  #child: ChildProcess | undefined;
  /** Whether a restart waits for the last run to end. */
  #isRestarting = false;
  #isStopped = false;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  start(): void {
    // A terminal's interrupt reaches it too, and so it may end before it is told to.
    const child = spawn(process.execPath, [...this.#words], { stdio: ["ignore", "inherit", "inherit"] });
    this.#child = child;
    child.once("exit", (code) => {
      if (this.#child === child) this.#child = undefined;
      if (this.#isRestarting || this.#isStopped) return;
      process.stderr.write(
        `The application ended with ${code ?? "a signal"}. It starts again after an edit.\n`,
      );
    });
  }

  /** @param what has changed */
  restart(what: string): void {
    if (this.#isRestarting || this.#isStopped) return;
    this.#isRestarting = true;
    process.stderr.write(`${what} has changed: starting again\n`);
    void this.#end().then(() => {
      this.#isRestarting = false;
      if (!this.#isStopped) this.start();
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#end();
  }

  /** Resolves when nothing of it runs, and never rejects. */
  async #end(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
}
