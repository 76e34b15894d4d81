import { describe, expect, test } from "vitest";
import { UsageError } from "../../runtime/command/command-error.js";
import { readWords } from "../../runtime/command/read-words.js";
import { startUsage } from "../../runtime/command/start-usage.js";
import { formatUsage, type Usage } from "../../runtime/command/usage.js";

const read = (...words: string[]) => readWords(startUsage, words);

test("flags have values, before and after arguments", () => {
  const words = read("--http", "0", "world", "--mqtt=1884", "--watch");
  expect(words.arguments).toEqual(["world"]);
  expect(words.number("http", { from: 0, to: 65_535 })).toBe(0);
  expect(words.text("mqtt")).toBe("1884");
  expect(words.has("watch")).toBe(true);
  expect(words.text("host")).toBeUndefined();
  expect(words.number("threads", { from: 0, to: 1_024 })).toBeUndefined();
});

test("what follows -- is no flag", () => {
  expect(read("--", "--http").arguments).toEqual(["--http"]);
});

test.each([["--help"], ["-h"], ["world", "--help"]])(
  "%s %s asks for help, whatever else is there",
  (...words) => {
    expect(read(...words, "--none").wantsHelp).toBe(true);
  },
);

test.each([
  [["--htpp", "1"], "There is no flag --htpp. Did you mean --http?"],
  [["--frobnicate"], "There is no flag --frobnicate."],
  [["-p", "1"], "There is no flag -p."],
  [["world", "edge"], '"edge" is one word too many.'],
  [["--http"], "--http takes a value: --http <port>."],
  [["--http", "--mqtt", "1"], "--http takes a value: --http <port>."],
  [["--config="], "--config takes a value: --config <file>."],
  [["--config", "a", "--config", "b"], "--config is there twice."],
  [["--watch=yes"], "--watch takes no value."],
])("%j is refused in one line", (words, message) => {
  expect(() => read(...words)).toThrow(new UsageError(message));
});

test.each(["many", "-1", "1.5", "65536", "0x10", "1e3", " "])("the port %j is refused", (port) => {
  const words = read(`--http=${port}`);
  expect(() => words.number("http", { from: 0, to: 65_535 })).toThrow(
    new UsageError(`--http takes a number from 0 to 65535, not ${JSON.stringify(port)}.`),
  );
});

describe("arguments", () => {
  const usage: Usage = { synopsis: "call <method> [argument…]", summary: "", flags: {}, examples: [] };

  test("that have to be there are asked for", () => {
    expect(() => readWords(usage, [])).toThrow(new UsageError("<method> is missing."));
  });

  test("may be many", () => {
    expect(readWords(usage, ["a", "b", "c"]).arguments).toEqual(["a", "b", "c"]);
  });
});

test("the help has all flags and an example", () => {
  const help = formatUsage(startUsage);
  for (const flag of Object.keys(startUsage.flags)) expect(help).toContain(`--${flag}`);
  expect(help).toContain("antwire start --watch");
});
