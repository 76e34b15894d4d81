import { readdirSync } from "node:fs";
import { expect, it, test } from "vitest";
import { compileValid } from "../evolution/compile-idl.js";
import { type Block, listBlocks, readMarkdown } from "../readme/markdown.js";
import { root } from "../setup/run.js";
import { checkSample } from "./check-samples.js";

// Every block of code in the README and in docs/ is compiled or run, here or by the test that is named here.

const pages = [
  "README.md",
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

const blocks = pages.flatMap((page) =>
  listBlocks(readMarkdown(page)).map((block) => ({ ...block, page, place: `${page}: ${block.heading}` })),
);

/** Where blocks of a page are tested, and what that test reads. Commands are in commands.test.ts. */
const elsewhere: Readonly<Record<string, string>> = {
  "README.md": "test/readme/readme.test.ts",
  "docs/client.md": "test/docs/client.test.ts",
  "docs/errors.md": "test/docs/errors.test.ts",
  "docs/getting-started.md": "test/package/new-user.test.ts",
  "docs/modules.md": "test/docs/modules.test.ts",
  "docs/idl.md: The IDL": "test/docs/modules.test.ts",
  "docs/idl.md: Types": "test/docs/idl.test.ts",
};

/** Makes a block something that compiles. */
const compiled: Readonly<Record<string, (text: string) => string>> = {
  "docs/deploy.md: Threads": asPartOfConfig,
  "docs/deploy.md: The config": (text) =>
    `import { defineConfig } from "../generated/server.js";\n${text.replaceAll("{ … }", "{}")}`,
  "docs/gateway.md: The gateway on the open internet": asPartOfConfig,
  "docs/gateway.md: Behind a proxy": asPartOfConfig,
  "docs/idl.md: Checking values": (text) => text,
  "docs/sessions.md: One user, several sessions": asPartOfConfig,
  "docs/testing.md: Thousands of bots": asPartOfConfig,
  "docs/testing.md: Time": (text) =>
    `import { type ArenaHandlers, defineArena } from "../generated/server.js";
declare const handlers: ArenaHandlers;
declare function tick(): void;
${text.replace("…", "return handlers;")}`,
};

function asPartOfConfig(text: string): string {
  return `import { defineConfig } from "../generated/server.js";
declare const accounts: {
  findByToken(token: string | undefined, options: { signal: AbortSignal }): Promise<{ id: string } | undefined>;
};
export default defineConfig({ modules: {},\n${text}\n});\n`;
}

/** Pieces of interface files, with what they leave out. */
const idl: Readonly<Record<string, string>> = {
  "docs/sessions.md: What a push survives": `import type { Push } from "antwire/idl";
interface Position { x: number; y: number }
interface Invitation { from: string }`,
  "docs/evolution.md: What one may do": "",
};

/** What is no code of anybody's: what programs print, pictures, bytes. */
const shown = new Set(["", "json"]);

function isTested({ language, mark, page, place }: Block & { page: string; place: string }): boolean {
  return (
    shown.has(language) ||
    language === "sh" ||
    mark.startsWith("file ") ||
    [page, place].some((key) => key in elsewhere) ||
    place in compiled ||
    place in idl
  );
}

it("every block of code is tested somewhere", () => {
  const escaped = blocks.filter((block) => !isTested(block));
  expect(escaped.map(({ place, text }) => `${place}\n${text}`)).toEqual([]);
});

test.each(Object.entries(elsewhere))("the blocks of %s are read by %s", (place, file) => {
  const [page = ""] = place.split(": ");
  const name = page.replace("docs/", "");
  expect(readMarkdown(file)).toContain(name);
  expect(blocks.filter((block) => block.page === page && block.language === "ts")).not.toEqual([]);
});

test.each(Object.keys(compiled))("the code of %s compiles", { timeout: 60_000 }, (place) => {
  const found = blocks.filter((block) => block.place === place && block.language === "ts");
  expect(found).toHaveLength(1);
  for (const { text } of found) expect(checkSample("sample.ts", compiled[place]?.(text) ?? "")).toEqual([]);
});

test("the interfaces of docs/sessions.md compile", async () => {
  await compileValid({ edit: readIdl("docs/sessions.md: What a push survives") });
});

test("the renaming of docs/evolution.md breaks nobody", async () => {
  const user = (name: string) =>
    `export interface Chat { say(session: idl.Session, line: ${name}): Promise<${name}[]> }`;
  const before = await compileValid({
    edit: `export interface Line { room: string; text: string }\n${user("Line")}`,
  });
  const { evolution } = await compileValid(
    { edit: `${readIdl("docs/evolution.md: What one may do")}\n${user("Message")}` },
    { lock: before.evolution.lock },
  );
  expect(evolution.breaks).toEqual([]);
  const alone = readIdl("docs/evolution.md: What one may do").replace(/\/\*\* @was \w+ \*\//g, "");
  const broken = await compileValid(
    { edit: `${alone}\n${user("Message")}` },
    { lock: before.evolution.lock },
  );
  expect(broken.evolution.breaks).not.toEqual([]);
});

function readIdl(place: string): string {
  const found = blocks.filter((block) => block.place === place && block.language === "ts");
  expect(found).toHaveLength(1);
  return `${idl[place]}\n${found.map(({ text }) => text).join("\n")}`;
}
