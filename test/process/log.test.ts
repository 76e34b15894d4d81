import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createLog, type LogFormat } from "../../runtime/process/log.js";

function capture(format: LogFormat) {
  const stream = new PassThrough();
  return { log: createLog(format, stream), written: () => String(stream.read() ?? "") };
}

test("lines for people have the time, the level, the module, the message and the fields", () => {
  const { log, written } = capture("text");
  log.child({ module: "Chat" }).warn({ room: "lobby", lines: 50, who: "Ann B" }, "too many lines");
  expect(written()).toMatch(
    /^\d\d:\d\d:\d\d warn {2}\[Chat\] too many lines room=lobby lines=50 who="Ann B"\n$/,
  );
});

test("an error stands below its line with its stack, its causes and the errors that it holds", () => {
  const { log, written } = capture("text");
  const cause = new TypeError("the cause");
  log.error({ err: new AggregateError([new Error("one of several", { cause })], "several") }, "it failed");
  const text = written();
  expect(text).toMatch(/^\d\d:\d\d:\d\d error it failed\n {4}AggregateError: several\n/);
  expect(text).toContain("    Error: one of several\n");
  expect(text).toContain("TypeError: the cause\n");
  expect(text).toContain("log.test.ts");
});

test("what is thrown need not be an error", () => {
  const { log, written } = capture("text");
  log.error({ err: "just a string" }, "it failed");
  expect(written()).toMatch(/error it failed\n {4}"just a string"\n$/);
});

test("nothing that a client sent begins a line or moves the cursor", () => {
  const { log, written } = capture("text");
  log.info({ name: "a\nb\u001b[2J\u009b" }, "c\r\nd\u0085");
  log.error({ err: new Error("e\u001b[2J") }, "f");
  const text = written();
  expect(text.match(/\p{Cc}/gu)?.every((control) => control === "\n")).toBe(true);
  expect(text).toContain("c\\u000d\\u000ad\\u0085");
});

test("debug messages are left out", () => {
  const { log, written } = capture("text");
  log.debug("not now");
  expect(written()).toBe("");
});

test("lines for programs are JSON", () => {
  const { log, written } = capture("json");
  log.child({ module: "Chat" }).error({ err: new Error("no"), room: "lobby" }, "it failed");
  expect(JSON.parse(written())).toMatchObject({
    level: 50,
    module: "Chat",
    msg: "it failed",
    room: "lobby",
    err: { type: "Error", message: "no", stack: expect.stringContaining("log.test.ts") },
  });
});
