import type { Command } from "./command.js";
import { readWords, type Words } from "./read-words.js";
import { formatUsage, type Usage } from "./usage.js";

/**
 * A command whose help says what its usage does.
 *
 * @param run gets what was read of its words, and the words
 */
export function createCommand(
  usage: Usage,
  run: (read: Words, words: readonly string[]) => Promise<number | undefined>,
): Command {
  return {
    usage,
    async run(words) {
      const read = readWords(usage, words);
      if (!read.wantsHelp) return run(read, words);
      process.stdout.write(`${formatUsage(usage)}\n`);
      return 0;
    },
  };
}
