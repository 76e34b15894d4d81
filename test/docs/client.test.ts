import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const page = readFileSync(new URL("../../docs/client.md", import.meta.url), "utf8");
const root = fileURLToPath(new URL("../../", import.meta.url));

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

test("the samples in docs/client.md compile", () => {
  const samples = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, text = ""]) => text);
  expect(samples.length).toBeGreaterThan(5);
  const bodies = samples.map((text, i) => {
    const own = text.replace(/^import .*\n/gm, "");
    const game = own.includes("const game =") ? "" : "game: Game";
    return `export async function sample${i}(${game}) {\n${own}}\n`;
  });
  expect(check(given + bodies.join("\n"))).toEqual([]);
});

/** What the compiler has against a text that stood in docs/. */
function check(text: string): string[] {
  const file = `${root}docs/samples.ts`;
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.getSourceFile = (path, ...rest) =>
    path === file ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2022) : getSourceFile(path, ...rest);
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"),
  );
}
