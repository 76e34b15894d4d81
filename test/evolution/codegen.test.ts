import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseLock } from "../../generator/lock/parse-lock.js";
import { printLock } from "../../generator/lock/print-lock.js";
import { codegen as run } from "../compiler/codegen-process.js";
import { compileValid } from "./compile-idl.js";

const chat = (line: string) =>
  `import type * as idl from "antwire/idl";
   export interface Line { ${line} }
   export interface Chat { readonly said: idl.Push<Line>; }`;

let folder = "";
const lockFile = () => join(folder, "idl", "antwire.lock.json");

/** A folder where `Line.text` has been shipped and is gone. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "antwire-codegen-"));
  await mkdir(join(folder, "idl"));
  const shipped = chat("text: string; at: Date").replace(/^.*\n/, "");
  const { evolution } = await compileValid({ chat: shipped });
  await writeFile(lockFile(), printLock(evolution.lock));
  await writeFile(join(folder, "idl", "chat.d.ts"), chat("at: Date"));
});

afterAll(() => rm(folder, { recursive: true }));

async function codegen(...flags: string[]) {
  const { code, errors } = await run(folder, ...flags);
  return { code, errors };
}

const told = [
  "breaking removed-field:Line.text: the field is gone; for clients that listen to Chat.said; " +
    "write `@was text` where it has another name now, or accept it by --accept removed-field:Line.text",
  "1 break of what is shipped: the lock stays as it is until each is mended or accepted.",
];

test("a break is told, fails the check, and is accepted by its name", async () => {
  const before = await readFile(lockFile(), "utf8");
  expect(await codegen()).toEqual({ code: 0, errors: told });
  expect(await readFile(join(folder, "generated/codecs/chat.js"), "utf8")).not.toContain("text");
  expect(await readFile(lockFile(), "utf8")).toBe(before);
  expect(await codegen("--check")).toEqual({ code: 1, errors: told });
  expect(await codegen("--accept", "removed-field:Line.text")).toEqual({ code: 0, errors: [] });
  expect(parseLock(await readFile(lockFile(), "utf8")).decisions).toEqual(["removed-field:Line.text"]);
}, 90_000);
