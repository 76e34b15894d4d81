import { writeSync } from "node:fs";

const stderrDescriptor = 2;

/**
 * The standard error stream, without the main thread, through which `process.stderr` of a worker goes: a
 * worker can write while the main thread is blocked, and nothing is lost when the worker ends.
 */
export const directStderr = {
  write(text: string): void {
    let rest: Uint8Array = Buffer.from(text);
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(stderrDescriptor, rest));
    } catch (error) {
      // A pipe that is full and does not wait: the stream keeps the rest until there is room.
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
      process.stderr.write(rest);
    }
  },
};
