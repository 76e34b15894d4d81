import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkSample } from "./check-samples.js";

const page = readFileSync(new URL("../../docs/client.md", import.meta.url), "utf8");

/** What the samples take for granted. */
const given = `
import { connect, type Game as Demo, NameTaken } from "../generated/client.js";
import { openMqttJs } from "./examples/mqtt-js-adapter.js";
type Game = Demo & { readonly market: { prices(ware: string): AsyncIterable<number> } };
declare const [token, url, name]: [string, string, string];
declare const signal: AbortSignal;
declare function show(what: unknown): void;
declare function redraw(game: Demo): void;
`;

test("the samples in docs/client.md compile", { timeout: 60_000 }, () => {
  const samples = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, text = ""]) => text);
  expect(samples.length).toBeGreaterThan(5);
  const bodies = samples.map((text, i) => {
    const own = text.replace(/^import .*\n/gm, "");
    const game = own.includes("const game =") ? "" : "game: Game";
    return `export async function sample${i}(${game}) {\n${own}}\n`;
  });
  expect(checkSample("client.ts", given + bodies.join("\n"))).toEqual([]);
});
