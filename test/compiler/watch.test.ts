import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CodegenProcess, codegen } from "./codegen-process.js";

// Each test starts processes, and each of them TypeScript.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const start: Readonly<Record<string, string>> = {
  "shared.d.ts": "export interface Place { x: number; y: number }\n",
  "chat.d.ts": `export interface Line { text: string }
export interface Chat { last(): Promise<Line> }
`,
  "arena.d.ts": `import type { Place } from "./shared.js";
export interface Arena { ants(): Promise<Place[]> }
`,
};

let folder: string;
let watching: CodegenProcess;
/** How many runs ended well so far. */
let runs: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "antwire-watch-"));
  for (const [name, text] of Object.entries(start)) await put(name, text);
});

afterEach(async () => {
  watching.kill("SIGKILL");
  await watching.ended;
  await rm(folder, { recursive: true });
});

describe("codegen --watch", () => {
  beforeEach(async () => {
    watching = new CodegenProcess(folder, ["--watch"]);
    runs = 0;
    await run();
  });

  afterEach(async () => {
    watching.kill("SIGINT");
    expect(await watching.ended).toBe(0);
  });

  it("generates at the start, and again what depends on an edited file", async () => {
    const first = await look();
    expect([...first.keys()]).toContain("codecs/chat.js");
    await edit("chat.d.ts", "text: string", "text: string; at?: Date");
    await run();
    expect(await read("codecs/chat.js")).toContain("Date");
    expect(changes(first, await look())).toEqual(["codecs/chat.js", "manifest.json"]);

    const second = await look();
    await edit("shared.d.ts", "y: number", "y: number; z?: number");
    await run();
    expect(changes(second, await look())).toEqual(["codecs/shared.js", "manifest.json"]);
  });

  it("leaves the last output in place while something is wrong, and says once what", async () => {
    const good = await look();
    await edit("chat.d.ts", "text: string", "text: ");
    await watching.says("1 error; nothing was written.");
    expect(watching.errors).toContain("idl/chat.d.ts:1:32 - error IDL1001: Type expected.");
    expect(changes(good, await look())).toEqual([]);
    // Neither the same again nor an edit of another file is news.
    await edit("chat.d.ts", "text: ", "text: ");
    await edit("arena.d.ts", "Promise<Place[]>", "Promise<Place[] | null>");
    await pause();
    expect(changes(good, await look())).toEqual([]);
    await edit("chat.d.ts", "text: ", "text: string");
    await run();
    expect(changes(good, await look())).toContain("codecs/arena.js");
    expect(watching.errors.match(/IDL1001/g)).toHaveLength(1);
    // What was mended and comes back is news again.
    await edit("chat.d.ts", "text: string", "text: ");
    await watching.says("IDL1001", 2);
  });

  it("sees files and folders come and go", async () => {
    const before = await look();
    await put("town/shop.d.ts", "export interface Shop { close(): Promise<void> }\n");
    await run();
    const after = await look();
    expect([...after.keys()].filter((path) => !before.has(path))).toContain("stubs/shop.js");
    await rm(join(folder, "idl/town"), { recursive: true });
    await run();
    expect([...(await look()).keys()]).toEqual([...before.keys()]);

    await rm(join(folder, "idl/shared.d.ts"));
    await watching.says("TS2307");
    await put("places.d.ts", start["shared.d.ts"] ?? "");
    await edit("arena.d.ts", "./shared.js", "./places.js");
    await run();
    expect(await read("stubs/arena.d.ts")).toContain('"../../idl/places.js"');
  });

  it("sees the folder itself go and come back", async () => {
    await rename(join(folder, "idl"), join(folder, "elsewhere"));
    await watching.says("IDL1002");
    await rename(join(folder, "elsewhere"), join(folder, "idl"));
    await run();
  });

  it("writes again what somebody removed from the output", async () => {
    const first = await look();
    await rm(join(folder, "generated"), { recursive: true });
    await edit("chat.d.ts", "text: string", "text: string; at?: Date");
    await run();
    expect([...(await look()).keys()]).toEqual([...first.keys()]);
  });

  it("tells what an edit breaks, and takes over what was accepted meanwhile", async () => {
    // In one write: a slow machine makes two runs of two.
    const module = start["chat.d.ts"]?.replace("last(): Promise<Line>", "readonly said: Push<Line>");
    await put("chat.d.ts", `import type { Push } from "antwire/idl";\n${module}`);
    await run();
    await edit("chat.d.ts", "text: string", "words: string");
    await run();
    expect(watching.errors).toContain("breaking removed-field:Line.text");
    expect(await codegen(folder, "--accept", "removed-field:Line.text")).toMatchObject({ code: 0 });
    await run();
    await edit("chat.d.ts", "words: string", "words: string; at?: Date");
    await run();
    expect(watching.errors.match(/breaking/g)).toHaveLength(1);
  });
});

it("codegen --watch --format json prints a document for each run, a line each, until SIGTERM ends it", async () => {
  watching = new CodegenProcess(folder, ["--watch", "--format", "json"]);
  await watching.says("changed (");
  await edit("chat.d.ts", "text: string", "text: any");
  await watching.says("IDL1102");
  await edit("chat.d.ts", "text: any", "text: string; at?: Date");
  await watching.says("changed (", 2);
  watching.kill("SIGTERM");
  expect(await watching.ended).toBe(0);
  const reports = watching.out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(reports.map(({ ok }) => ok)).toEqual([true, false, true]);
  expect(reports[2].written).toContain("generated/codecs/chat.js");
});

async function run(): Promise<void> {
  await watching.says("changed (", ++runs);
}

/** Time for the command to look at an edit of which it has nothing to say. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 300));
}

async function put(name: string, text: string): Promise<void> {
  const path = join(folder, "idl", name);
  await mkdir(dirname(path), { recursive: true });
  // In one step: between the two of `writeFile` the file is empty, which a slow machine compiles as well.
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

async function edit(name: string, before: string, after: string): Promise<void> {
  const text = await readFile(join(folder, "idl", name), "utf8");
  expect(text).toContain(before);
  await put(name, text.replace(before, after));
}

function read(path: string): Promise<string> {
  return readFile(join(folder, "generated", path), "utf8");
}

/** The output, with what tells whether a file was written anew. */
async function look(): Promise<Map<string, string>> {
  const out = join(folder, "generated");
  const entries = await readdir(out, { recursive: true });
  const seen = await Promise.all(
    entries.sort().map(async (path): Promise<[string, string][]> => {
      const { ino, mtimeMs } = await stat(join(out, path));
      return path.includes(".") ? [[path, `${ino} ${mtimeMs}`]] : [];
    }),
  );
  return new Map(seen.flat());
}

function changes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.filter((path) => before.get(path) !== after.get(path));
}
