import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";

const root = new URL("../..", import.meta.url);

describe("a process with two workers", () => {
  let lines: string[] = [];
  /** What was logged between two lines of the program. */
  const between = (start: string, end: string) => lines.slice(lines.indexOf(start) + 1, lines.indexOf(end));

  beforeAll(async () => {
    const { stderr } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "test/thread/program.ts"],
      // It has to end by itself: what holds it would hold it for ever.
      { cwd: root, timeout: 18_000 },
    );
    lines = stderr.trimEnd().split("\n");
  });

  test("names the main thread in the log while it blocks its event loop, once, and again when it is back", () => {
    expect(between("= main blocks", "= main is back")).toEqual([
      expect.stringMatching(/^The thread main \(Gate\) blocks its event loop, for \d{4} ms by now$/),
    ]);
    expect(between("= main is back", "= game blocks")).toEqual([
      expect.stringMatching(/^The thread main \(Gate\) runs again: its event loop was blocked for \d{4} ms$/),
    ]);
  });

  test("names a worker that blocks its event loop with its modules, and again when it is back", () => {
    const [blocks, ...others] = between("= game blocks", "= game is back");
    expect(blocks).toMatch(/^The thread game \(Lobby, Chess\) blocks its event loop, for \d{4} ms by now$/);
    const back = [...others, ...between("= game is back", "= stopped with 0 errors")];
    expect(back[0]).toMatch(/^The thread game \(Lobby, Chess\) runs again: its event loop was blocked for/);
  });

  test("logs promises that were rejected in a worker while nobody looked, and goes on", () => {
    expect(lines).toContain("A promise was rejected in the thread game (Lobby, Chess) and nobody looked");
  });

  test("stops cleanly, and ends by itself", () => {
    expect(lines.at(-1)).toBe("= stopped with 0 errors");
  });
});
