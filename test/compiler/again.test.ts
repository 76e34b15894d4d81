import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Compiled, Compiler } from "../../generator/compile.js";
import { emptyLock, type Lock } from "../../generator/lock/lock.js";

// What a compiler that stays open makes of an edit is compared with what a new one makes of the same files.

const start: Readonly<Record<string, string>> = {
  "shared.d.ts": `import type { Failure, MaxItems, uint16 } from "antwire/idl";
/** One page of a list. */
export interface Page<T> { items: T[] & MaxItems<20>; next?: { after: T } }
export interface Place { x: number; y: number }
export type Places = { from: Place; to: Place }[];
export declare enum Level { Low, High = 10 }
export interface Full extends Failure { capacity: uint16 }
`,
  "chat.d.ts": `import type { Push, Session } from "antwire/idl";
import type { Full, Level, Page, Place, Places } from "./shared.js";
export interface Line { text: string; at: Date; place?: Place }
export type Event = { kind: "said"; line: Line } | { kind: "left"; level: Level };
export interface Chat {
  /** Says it. @throws {Full} */
  say(session: Session, text: string, places: Places): Promise<Page<Line>>;
  readonly happened: Push<Event>;
}
`,
  "arena.d.ts": `import type { Session } from "antwire/idl";
import type { Line } from "./chat.js";
import type { Level, Page, Places } from "./shared.js";
export interface Ant { level: Level; last: Line | null; seen: Partial<Line> }
export interface Arena {
  join(session: Session): Promise<Page<Ant>>;
  moves(): Promise<Places>;
  text(line: string | Line): void;
}
`,
  "bank.d.ts": `export interface Account { owner: string; balance: { coins: number; bars: number } }
export interface Bank { accounts(): Promise<Account[]> }
`,
};

let folder: string;
let compiler: Compiler;
let lock: Lock;
let files: Map<string, string>;

const options = () => ({
  folder: join(folder, "idl"),
  builtinTypes: fileURLToPath(new URL("../../runtime/idl.ts", import.meta.url)),
  shownFrom: folder,
  idlFolder: "../idl",
  door: "antwire/generated",
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "antwire-again-"));
  files = new Map();
  for (const [name, text] of Object.entries(start)) await put(name, text);
  compiler = new Compiler(options());
  lock = emptyLock;
  await again([]);
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("a compiler that stays open", () => {
  it("sees a field that is new, in a file that nobody imports", async () => {
    const { model } = await edit("bank.d.ts", "owner: string", "owner: string; since: Date");
    expect(model.types.find(({ name }) => name === "Account")?.definition).toMatchObject({
      fields: [{ name: "owner" }, { name: "since" }, { name: "balance" }],
    });
  });

  it("sees an edit in all files that import the edited one, through others too", async () => {
    await edit("shared.d.ts", "x: number; y: number", "x: number; y: number; z: number");
    await edit("shared.d.ts", "export interface Place {", "export type Place = {");
    await edit("chat.d.ts", "text: string; at: Date", "words: string[]");
  });

  it("makes nothing of modules and types that are as they were", async () => {
    const before = await again([]);
    const after = await edit("bank.d.ts", "owner: string", "owner: string; since: Date");
    const kept = after.model.types.filter((type) => before.model.types.includes(type));
    // Account alone: its balance and the bank only stand in another line.
    expect(after.model.types.length - kept.length).toBe(1);
    expect(after.model.modules.filter((module) => !before.model.modules.includes(module))).toEqual([]);
  });

  it("sees types that turn into others", async () => {
    await edit(
      "shared.d.ts",
      "export declare enum Level { Low, High = 10 }",
      'export type Level = "low" | "high";',
    );
    await edit("chat.d.ts", "line: Line }", "line: Line; more: Line[] }");
    await edit("shared.d.ts", "capacity: uint16", "capacity: uint16; hint?: string");
    await edit("chat.d.ts", "@throws {Full}", "Never fails.");
  });

  it("sees how deep types nest change behind others, and a type with a name that generated code uses", async () => {
    await edit("shared.d.ts", "x: number; y: number", "x: number; y: number; around?: Place[]");
    await edit("shared.d.ts", "around?: Place[]", "around?: number[][]");
    await edit("shared.d.ts", "around?: number[][]", "around?: unknown");
    await edit(
      "bank.d.ts",
      "export interface Account { owner: string;",
      "export interface Text { opens: string }\nexport interface Account { owner: Text;",
    );
    await edit("bank.d.ts", "owner: Text", "owner: string");
  });

  it("sees modules and files that come and go", async () => {
    await edit(
      "bank.d.ts",
      "export interface Bank {",
      "export interface Bank2 { close(): void }\nexport interface Bank {",
    );
    await put(
      "extra/shop.d.ts",
      `import type { Account } from "../bank.js";\nexport interface Shop { pay(from: Account): Promise<void> }\n`,
    );
    await again(["extra/shop.d.ts"]);
    await edit("bank.d.ts", "owner: string", "owner: string | null");
    await rm(join(folder, "idl/extra/shop.d.ts"));
    await again(["extra/shop.d.ts"]);
  });

  it("sees what sessions carry come and go, and keeps it while other files change", async () => {
    await put(
      "carried.d.ts",
      `import type { SessionData } from "antwire/idl";
import type { Place } from "./shared.js";
export interface Carried extends SessionData { place: Place; inside: { level: number } }
`,
    );
    const { model } = await again(["carried.d.ts"]);
    expect(model.types.filter(({ sessionData }) => sessionData).map(({ name }) => name)).toEqual(["Carried"]);
    await edit("bank.d.ts", "owner: string", "owner: string; since: Date");
    await edit("shared.d.ts", "x: number; y: number", "x: number; y: number; z: number");
    await edit("carried.d.ts", "place: Place;", "");
    await rm(join(folder, "idl/carried.d.ts"));
    await again(["carried.d.ts"]);
  });

  it("sees an imported file go and come back", async () => {
    await rm(join(folder, "idl/shared.d.ts"));
    await againWrong(["shared.d.ts"], "IDL1001");
    await put("shared.d.ts", files.get("shared.d.ts") ?? "");
    await again(["shared.d.ts"]);
  });

  it("keeps names that were made from where a type was met first", async () => {
    // Both modules come upon the same type that nobody named.
    await edit("arena.d.ts", "moves(): Promise<Places>", "moves(): Promise<Places>; last(): Promise<Places>");
    await edit("chat.d.ts", "places: Places", "all: Places");
    await edit("chat.d.ts", "all: Places", "none?: number");
    await edit("bank.d.ts", "Promise<Account[]>", "Promise<Account[] | { x: number; y: number }>");
    await edit("arena.d.ts", "last: Line | null", "last: Line | null; spot: { coins: number; bars: number }");
  });

  it("sees what a file declares for all others", async () => {
    await put("global.d.ts", "interface Shared { a: string }\n");
    await again(["global.d.ts"]);
    await edit("bank.d.ts", "owner: string", "owner: Shared");
    await edit("global.d.ts", "a: string", "a: string; b: number");
  });

  it("goes on from what was right before something was wrong", async () => {
    const wrong = await spoil("chat.d.ts", "text: string;", "text: ;", "IDL1001");
    await replace("shared.d.ts", "x: number", "x: number; w: number");
    expect(await againWrong(["shared.d.ts"], "IDL1001")).toEqual(wrong);
    await edit("chat.d.ts", "text: ;", "text: string;");
    await spoil("chat.d.ts", "text: string;", "text: any;", "IDL1102");
    await edit("chat.d.ts", "text: any;", "text: string;");
  });
});

async function put(name: string, text: string): Promise<void> {
  const path = join(folder, "idl", name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  files.set(name, text);
}

function compile(changed: readonly string[]): Compiled {
  return compiler.compile(
    lock,
    changed.map((name) => join(folder, "idl", name)),
  );
}

async function replace(name: string, before: string, after: string): Promise<void> {
  const text = files.get(name) ?? "";
  expect(text).toContain(before);
  await put(name, text.replace(before, after));
}

async function edit(name: string, before: string, after: string): Promise<Success> {
  await replace(name, before, after);
  return again([name]);
}

async function spoil(name: string, before: string, after: string, code: string): Promise<Failure> {
  await replace(name, before, after);
  return againWrong([name], code);
}

type Success = Extract<Compiled, { ok: true }>;
type Failure = Extract<Compiled, { ok: false }>;

/** Compiles what changed, and everything anew, and expects the same of both. */
async function again(changed: readonly string[]): Promise<Success> {
  const [some, all] = [compile(changed), new Compiler(options()).compile(lock)];
  if (!some.ok || !all.ok) throw new Error(`it should compile: ${JSON.stringify([some, all])}`);
  expect(Object.fromEntries(some.files)).toEqual(Object.fromEntries(all.files));
  expect(some.evolution).toEqual(all.evolution);
  expect(some.warnings).toEqual(all.warnings);
  lock = some.evolution.lock;
  return some;
}

/** The same where something is wrong, of one kind. */
async function againWrong(changed: readonly string[], code: string): Promise<Failure> {
  const [some, all] = [compile(changed), new Compiler(options()).compile(lock)];
  if (some.ok || all.ok) throw new Error("something should be wrong");
  expect(some).toEqual(all);
  expect(new Set(all.diagnostics.map((diagnostic) => diagnostic.code))).toEqual(new Set([code]));
  return some;
}
