import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { run } from "../setup/run.js";
import { createFolder, freshEnvironment, install, runIn } from "./npm.js";

/** A folder with nothing but the installed package. */
let folder: string;
const tarball = inject("tarball");
let installed: string;

beforeAll(async () => {
  folder = createFolder();
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "user", private: true, type: "module" }),
  );
  await runIn(folder, "npm", ...install, tarball);
  installed = join(folder, "node_modules/antwire");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function files(inside: string): string[] {
  return readdirSync(inside, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const size = (paths: readonly string[]) => paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6;

test("has code, declarations and sources, and nothing of tests, the demo or the benchmarks", () => {
  const inside = files(installed).map((file) => file.slice(installed.length + 1));
  expect([...new Set(inside.map((file) => file.split("/")[0]))].sort()).toEqual([
    "LICENSE",
    "README.md",
    "dist",
    "package.json",
    "runtime",
  ]);
  const template = "dist/generator/template/";
  expect(
    inside.filter((file) => /(^|\/)(test|demo|bench)\/|\.test\./.test(file) && !file.startsWith(template)),
  ).toEqual([]);
});

test("is small when installed, without the generator's tools", () => {
  const all = files(join(folder, "node_modules"));
  const packages = readdirSync(join(folder, "node_modules"));
  for (const tool of ["ts-morph", "@ts-morph", "typescript", "handlebars", "refa"]) {
    expect(packages).not.toContain(tool);
  }
  console.info(
    `Installed: ${size(all).toFixed(1)} MB, of which antwire ${size(files(installed)).toFixed(1)} MB.`,
  );
  expect(size(all)).toBeLessThan(50);
});

test("declaration maps and source maps lead to sources that are there", () => {
  const maps = files(join(installed, "dist")).filter((file) => file.endsWith(".map"));
  expect(maps.some((map) => map.endsWith(".d.ts.map"))).toBe(true);
  const lost = maps.flatMap((map) => {
    const { sources }: { readonly sources: readonly string[] } = JSON.parse(readFileSync(map, "utf8"));
    return sources.map((source) => join(map, "..", source)).filter((source) => !statSync(source).isFile());
  });
  expect(lost).toEqual([]);
});

test("publint finds nothing", async () => {
  const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test("are-the-types-wrong finds nothing, under nodenext and with bundlers", async () => {
  const data = new Uint8Array(readFileSync(tarball));
  const analysis = await checkPackage(createPackageFromTarballData(data));
  if (analysis.types === false) throw new Error("The package has no types");
  // Node 10 knows no `exports`, and CommonJS can only import this package dynamically: it is ECMAScript alone.
  const problems = analysis.problems.filter(
    (problem) => !("resolutionKind" in problem && ["node10", "node16-cjs"].includes(problem.resolutionKind)),
  );
  expect(problems).toEqual([]);
  expect(Object.keys(analysis.entrypoints)).toContain("./client");
});

describe.each(["nodenext", "bundler"])("under %s", (moduleResolution) => {
  const tsc = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");

  /** What TypeScript says of a file, and of all declarations that it reaches. */
  async function check(name: string, code: string, options: object): Promise<string> {
    const file = `${name}-${moduleResolution}.ts`;
    writeFileSync(join(folder, file), code);
    const compilerOptions = {
      target: "es2022",
      module: moduleResolution === "bundler" ? "esnext" : "nodenext",
      moduleResolution,
      strict: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      ...options,
    };
    const config = join(folder, `tsconfig.${name}-${moduleResolution}.json`);
    writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }));
    return (await run(process.execPath, [tsc, "--project", config, "--pretty", "false"])).stdout;
  }

  const use = `import { RpcError, startApplication, type Session } from "antwire";
import type { MaxLength, Push, uint8 } from "antwire/idl";
import { openConnection, type Connection } from "antwire/client";
import { configure, type Config } from "antwire/generated";
import { testApp } from "antwire/testing";
import { defineScenario } from "antwire/bots";

const error: Error = new RpcError("not-found", "nothing");
export const connection: Promise<Connection> = openConnection("mqtt://localhost");
export const name: string & MaxLength<3> = "Ann";
export const small: uint8 = 1;
export const doors: unknown[] = [error, startApplication, configure, testApp, defineScenario];
export type Used = [Session, Push<string>, Config<string, object>];
// @ts-expect-error: a port is a number.
void startApplication({} as never, { http: "80" });
`;

  test("all doors have types, which need no other package's in a project that has the browser's", async () => {
    // Without types of Node anywhere: what is next to the package is not looked at either.
    expect(await check("dom", use, { lib: ["es2023", "dom"], types: [], typeRoots: [] })).toBe("");
  });

  test("all doors have types in a project that has Node's", async () => {
    const typeRoots = [join(import.meta.dirname, "../../node_modules/@types")];
    const own = `${use}
import { readFileSync } from "node:fs";
import { X509Certificate } from "node:crypto";
import type { ClientCertificate, Pem } from "antwire";
export const pem: Pem = readFileSync("key.pem");
export const certificate: ClientCertificate = new X509Certificate("");
`;
    expect(await check("node", own, { lib: ["es2023"], types: ["node"], typeRoots })).toBe("");
  });
});

describe("a bundler", () => {
  /** The packages that a bundle of some code has inside, and its modules of this one. */
  async function bundle(code: string, platform: "browser" | "node") {
    const { metafile, outputFiles } = await build({
      stdin: { contents: code, resolveDir: folder },
      bundle: true,
      write: false,
      minify: true,
      metafile: true,
      format: "esm",
      platform,
      logLevel: "silent",
    });
    const inputs = Object.values(metafile.outputs).flatMap((output) =>
      Object.entries(output.inputs).flatMap(([input, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [input] : [],
      ),
    );
    const packages = inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
    return { packages: [...new Set(packages)].sort(), bytes: outputFiles[0]?.contents.length ?? 0, inputs };
  }

  test("takes nothing of the server for a client", async () => {
    const client = await bundle('export { openConnection } from "antwire/client";', "browser");
    expect(client.packages).toEqual(["antwire"]);
    expect(client.bytes).toBeLessThan(30_000);
    const binding = await bundle('export { openGame } from "antwire/generated";', "browser");
    expect(binding.packages).toEqual(["antwire"]);
  });

  test("takes no WebSocket client of browsers for a server", async () => {
    const server = await bundle('export { startApplication } from "antwire";', "node");
    expect(server.inputs.filter((input) => input.includes("socket-browser"))).toEqual([]);
  });
});

test("the command prints its version, and says in one line what it does not know", async () => {
  const { version } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const options = { cwd: folder, env: freshEnvironment() };
  const antwire = (...words: string[]) => run("npx", ["antwire", ...words], options);
  expect((await antwire("--version")).stdout).toBe(`${version}\n`);
  const { code, stderr } = await antwire("strat");
  expect(stderr).toContain("antwire: There is no command strat. Did you mean start? Try antwire --help\n");
  expect(code).toBe(2);
});
