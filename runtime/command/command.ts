import type { Usage } from "./usage.js";

/** One of the commands of `antwire`. */
export interface Command {
  /** Undefined where another program reads the words. */
  readonly usage?: Usage;
  /**
   * @param words what follows its name
   * @returns the exit code; undefined for a program that goes on, and ends by itself
   * @throws CommandError for what is told in one line
   */
  run(words: readonly string[]): Promise<number | undefined>;
}
