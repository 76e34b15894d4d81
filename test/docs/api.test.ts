import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { describeDoors } from "./api.js";

// `UPDATE_DOCS=1 npx vitest run test/docs/api.test.ts` writes docs/api anew.
const folder = new URL("../../docs/api/", import.meta.url);
const runtime = new URL("../../runtime/", import.meta.url);
const declared = /^export (?:abstract )?(?:type|interface|class) (\w+)/gm;
const pages = describeDoors();

/** Made and taken by generated code and by the package itself: nobody who reads these pages writes them. */
const inner = new Set(["Application", "ClientLink", "ModuleDefinition", "Surroundings"]);

/** Types that the runtime exports, but for the framework's own modules; `Client` is a type parameter everywhere. */
const types = new Set(
  readdirSync(runtime, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes("generated/"))
    .flatMap((file) => [...readFileSync(new URL(file, runtime), "utf8").matchAll(declared)])
    .map(([, name = ""]) => name)
    .filter((name) => name !== "Client"),
);

if (process.env.UPDATE_DOCS === "1") {
  mkdirSync(folder, { recursive: true });
  for (const { file, text } of pages) writeFileSync(new URL(file, folder), text);
}

it.each(pages)("docs/api/$file says what the comments in the source of $door say", ({ file, text }) => {
  const url = new URL(file, folder);
  expect(existsSync(url) ? readFileSync(url, "utf8") : "").toBe(text);
});

it.each(pages)("every name that $door exports has a comment", ({ silent }) => {
  expect(silent).toEqual([]);
});

it("what a page names has a place in one of them", () => {
  const described = new Set(
    pages.flatMap(({ text }) => [...text.matchAll(/^## (\w+)$/gm)].map(([, name]) => name)),
  );
  const named = pages.flatMap(({ text }) => {
    const code = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, inner = ""]) => inner).join("\n");
    return code.replace(/\/\*\*[\s\S]*?\*\//g, "").match(/\b[A-Z]\w+\b/g) ?? [];
  });
  const nameless = named.filter((name) => types.has(name) && !described.has(name) && !inner.has(name));
  expect([...new Set(nameless)]).toEqual([]);
});

it("there is no page of a door that is gone", () => {
  expect(readdirSync(folder).sort()).toEqual(pages.map(({ file }) => file).sort());
});

it("every door of the package has a page, but that of generated code", () => {
  const { exports } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const doors = Object.keys(exports).map((key) => key.replace(".", "antwire"));
  const others = ["antwire/generated", "antwire/package.json"];
  expect(pages.map(({ door }) => door).sort()).toEqual(doors.filter((door) => !others.includes(door)).sort());
});
