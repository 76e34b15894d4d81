import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readCommandLine, UsageError } from "../../runtime/process/command-line.js";

const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  vi.spyOn(console, "info").mockImplementation((text: string) => void printed.push(text));
});

afterEach(() => {
  vi.restoreAllMocks();
});

const read = (...words: string[]) => readCommandLine(["node", "main.ts", ...words]);

test("start has defaults for everything", () => {
  expect(read("start")).toEqual({
    kind: "start",
    process: undefined,
    threads: undefined,
    config: "antwire.config.ts",
    log: "text",
    host: undefined,
    mqtt: undefined,
    http: undefined,
  });
});

test("start takes a process, threads, ports, an address, a config and a log format", () => {
  const words = [
    "world",
    "--threads",
    "3",
    "--http",
    "0",
    "--mqtt=1884",
    "--host",
    "0.0.0.0",
    "--config",
    "other.ts",
    "--log",
    "json",
  ];
  expect(read("start", ...words)).toEqual({
    kind: "start",
    process: "world",
    threads: 3,
    config: "other.ts",
    log: "json",
    host: "0.0.0.0",
    mqtt: 1884,
    http: 0,
  });
});

test("placement takes a config", () => {
  expect(read("placement")).toEqual({ kind: "placement", config: "antwire.config.ts" });
});

test.each([["--help"], ["start", "--help"], ["-h"]])("%s %s prints help", (...words) => {
  expect(read(...words)).toBeUndefined();
  expect(printed.join()).toContain("Usage");
});

test.each([
  [[], "A command is missing"],
  [["stop"], "Unknown command `stop`"],
  [["start", "--port", "1"], "Unknown option `--port`"],
  [["start", "world", "edge"], "Unused args: `edge`"],
  [["start", "--threads", "many"], "--threads takes a number of threads from 0 to 1024"],
  [["start", "--http"], "option `--http <port>` value is missing"],
  [["start", "--http", "x"], "--http takes a port from 0 to 65535"],
  [["start", "--http", "65536"], "--http takes a port from 0 to 65535"],
  [["start", "--mqtt", "1.5"], "--mqtt takes a port from 0 to 65535"],
  [["start", "--mqtt", "1", "--mqtt", "2"], "--mqtt takes a port from 0 to 65535"],
  [["start", "--config", "a", "--config", "b"], "--config takes one value"],
  [["start", "--log", "xml"], "--log takes text or json"],
])("%j is refused in one line", (words, message) => {
  expect(() => read(...words)).toThrow(new UsageError(message));
});
