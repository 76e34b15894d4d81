import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Codegen } from "../../generator/codegen.js";
import { stepLine } from "../../generator/generate.js";
import { StepLine } from "../../generator/report/step-line.js";

let folder = "";
let steps: string[] = [];

beforeEach(async () => {
  steps = [];
  folder = await mkdtemp(join(tmpdir(), "antwire-steps-"));
  await mkdir(join(folder, "idl"));
});

afterEach(() => rm(folder, { recursive: true }));

const write = (type: string) =>
  writeFile(join(folder, "idl/chat.d.ts"), `export interface Chat { say(text: ${type}): Promise<void> }\n`);

const open = () =>
  new Codegen({
    idl: join(folder, "idl"),
    out: join(folder, "generated"),
    shownFrom: folder,
    target: "js",
    onStep: (step) => steps.push(step),
  });

/** What a terminal would get at these times, in milliseconds since the line was made. */
function shown(use: (line: StepLine, at: (time: number) => void) => void): string {
  let now = 10_000;
  let text = "";
  const line = new StepLine({ write: (more) => (text += more) }, () => now);
  use(line, (time) => {
    now = 10_000 + time;
  });
  return text;
}

it("tells which step a run is at, and how many files it writes", async () => {
  await write("string");
  const codegen = open();
  const plan = await codegen.plan();
  expect(plan.ok).toBe(true);
  expect(steps).toEqual(["checking types", "reading", "generating"]);
  if (!plan.ok) return;
  await codegen.apply(plan);
  // The lock is one more.
  expect(steps.at(-1)).toBe(`writing ${plan.files.size + 1} files`);
});

it("tells no step that a run does not come to", async () => {
  await write("Nothing");
  expect((await open().plan()).ok).toBe(false);
  expect(steps).toEqual(["checking types"]);
});

it("tells of no writing where nothing is written", async () => {
  await write("string");
  const first = open();
  const plan = await first.plan();
  if (plan.ok) await first.apply(plan);
  steps = [];
  const second = open();
  const again = await second.plan();
  if (again.ok) await second.apply(again);
  expect(steps).toEqual(["checking types", "reading", "generating"]);
});

it("shows the step of a run that takes longer than half a second, and erases it at the end", () => {
  const text = shown((line, at) => {
    at(499);
    line.show("checking types");
    at(600);
    line.show("reading");
    at(900);
    line.show("writing 9 files");
    line.end();
  });
  expect(text).toBe("\rreading …\u001b[K\rwriting 9 files …\u001b[K\r\u001b[K");
});

it("shows nothing of a short run, and counts anew for the next one", () => {
  const text = shown((line, at) => {
    at(400);
    line.show("reading");
    line.end();
    at(800);
    line.show("reading");
    line.end();
  });
  expect(text).toBe("");
});

it("shows steps only to people who read at a terminal", () => {
  const { isTTY } = process.stderr;
  try {
    process.stderr.isTTY = true;
    expect(stepLine("text")).toBeInstanceOf(StepLine);
    expect([stepLine("json"), stepLine("github")]).toEqual([undefined, undefined]);
    process.stderr.isTTY = false;
    expect(stepLine("text")).toBeUndefined();
  } finally {
    process.stderr.isTTY = isTTY;
  }
});
