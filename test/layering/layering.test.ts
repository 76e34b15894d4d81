import { build } from "esbuild";
import { expect, test } from "vitest";
import { type Import, importsOf, root } from "./source.js";

/** Imports inside runtime/ point to a lower rank, or to the own folder. */
const ranks = [
  ["error", "clock"],
  ["codec"],
  ["json"],
  ["contract"],
  ["wire", "transport"],
  ["session", "thread", "amqp"],
  ["call"],
  ["remote", "module"],
  ["config"],
  ["gateway-module", "placement"],
  ["gateway"],
  ["metrics"],
  ["process"],
  ["testing", "bots"],
  ["command"],
];

/** The framework's own modules, made by its own generator. */
const frameworkModules = "runtime/gateway-module/generated/";

/** What the client, which runs in browsers, imports inside runtime/. */
const clientImports = ["error", "clock", "codec", "contract", "wire", "transport", "call", "client"];

/** What has clients of its own. */
const clientUsers = ["testing", "bots", "command"];

/** What the steps of the generator import inside generator/. Only the files above them know all steps. */
const pipeline: Readonly<Record<string, readonly string[]>> = {
  model: [],
  read: ["model"],
  rules: ["model"],
  lock: ["model"],
  evolution: ["model", "lock"],
  emit: ["model"],
  report: ["model"],
  explain: ["model"],
  templates: ["emit"],
  write: [],
  watch: [],
  init: [],
};

const door = "runtime/generated.js";
const runtime = importsOf("runtime");
const generator = importsOf("generator");
const generated = importsOf("generated");

/** The folder inside the top folder; "" for the files directly in it. */
function part(path: string): string {
  return path.split("/").length > 2 ? (path.split("/")[1] ?? "") : "";
}

function top(path: string): string {
  return path.split("/")[0] ?? "";
}

/** The imports that should not be, as lines that name them. */
function offending(imports: readonly Import[], isWrong: (found: Import) => boolean): string[] {
  return imports.filter(isWrong).map((found) => `${found.from} imports ${found.to}`);
}

test("the generator and the runtime never import each other", () => {
  expect(offending(runtime, ({ to }) => top(to) === "generator")).toEqual([]);
  expect(offending(generator, ({ to }) => top(to) === "runtime")).toEqual([]);
});

test("the runtime and the generator import neither generated code nor the demo nor tests", () => {
  const above = ["generated", "demo", "test", "bench", "idl"];
  expect(offending([...runtime, ...generator], ({ to }) => above.includes(top(to)))).toEqual([]);
});

test("generated code takes values from runtime/generated.ts and itself only, and beyond those only types of the IDL", () => {
  const isAllowed = ({ to, typeOnly }: Import) =>
    to === door || top(to) === "generated" || (typeOnly && top(to) === "idl");
  expect(offending(generated, (found) => !isAllowed(found))).toEqual([]);
  const framework = runtime.filter(({ from }) => from.startsWith(frameworkModules));
  const isAllowedInside = ({ to, typeOnly }: Import) =>
    to === door ||
    to.startsWith(frameworkModules) ||
    (typeOnly && to.startsWith("runtime/gateway-module/idl/"));
  expect(framework.length).toBeGreaterThan(0);
  expect(offending(framework, (found) => !isAllowedInside(found))).toEqual([]);
});

test("imports inside the runtime point downwards", () => {
  const rank = (path: string) => ranks.findIndex((folders) => folders.includes(part(path)));
  const isUpward = ({ from, to }: Import) => {
    if (top(to) !== "runtime" || part(from) === "" || part(from) === part(to)) return false;
    if (to === door && from.startsWith(frameworkModules)) return false;
    if (part(from) === "client") return !clientImports.includes(part(to));
    if (part(to) === "client") return !clientUsers.includes(part(from));
    return rank(from) === -1 || rank(to) === -1 || rank(to) >= rank(from);
  };
  expect(offending(runtime, isUpward)).toEqual([]);
});

test("the steps of the generator know the model and no step before or after them", () => {
  const isForeign = ({ from, to }: Import) => {
    if (top(to) !== "generator" || part(from) === "" || part(from) === part(to)) return false;
    return !pipeline[part(from)]?.includes(part(to));
  };
  expect(offending(generator, isForeign)).toEqual([]);
});

test("only the reading step knows ts-morph", () => {
  const isCompiler = ({ to }: Import) => to === "ts-morph" || to === "typescript";
  expect(offending(generator, (found) => isCompiler(found) && part(found.from) !== "read")).toEqual([]);
  expect(offending(runtime, isCompiler)).toEqual([]);
});

test("all steps between reading and writing are pure: they import nothing of Node", () => {
  const pure = ["model", "rules", "lock", "evolution", "emit", "report", "explain"];
  const isImpure = ({ from, to }: Import) => pure.includes(part(from)) && to.startsWith("node:");
  expect(offending(generator, isImpure)).toEqual([]);
});

test("only the writing step, the watcher and the loaders of templates know the disk", () => {
  const isDisk = ({ to }: Import) => /^(node:)?fs(\/|$)/.test(to);
  const mayKnow = ({ from }: Import) => ["write", "watch", "templates", "init"].includes(part(from));
  expect(offending(generator, (found) => isDisk(found) && !mayKnow(found))).toEqual([]);
});

test("what generated code reaches of the runtime runs in a browser", async () => {
  // For this platform esbuild refuses Node's modules and takes the `browser` condition of package.json.
  const bundle = await build({
    absWorkingDir: root,
    entryPoints: ["runtime/generated.ts"],
    platform: "browser",
    format: "esm",
    bundle: true,
    write: false,
    logLevel: "silent",
  });
  expect(bundle.errors).toEqual([]);
});
