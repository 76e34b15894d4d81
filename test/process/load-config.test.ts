import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { ModuleDefinition } from "../../runtime/module/define-module.js";
import { loadConfig } from "../../runtime/process/load-config.js";
import { loadModules } from "../../runtime/process/load-modules.js";
import { StartError } from "../../runtime/process/start-error.js";
import { untyped } from "../call/stage.js";
import { defineConfig } from "./garden/application.js";
import sky from "./garden/sky.js";

const path = (name: string) =>
  relative(process.cwd(), fileURLToPath(new URL(`./garden/${name}`, import.meta.url)));

async function startErrorOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(StartError);
  return error instanceof StartError ? error.message : "";
}

test("a config is what the generated defineConfig returned", async () => {
  const { application, config } = await loadConfig(path("antwire.config.ts"));
  expect(Object.keys(application.modules)).toEqual(["garden", "sky"]);
  const modules = await loadModules({ application, config }, Object.keys(config.modules));
  expect(modules.map(({ definition }) => definition.contract.name)).toEqual(["Sky", "Garden"]);
});

test.each([
  ["missing.config.ts", "There is no config FILE: write it, or name another one with --config <file>"],
  ["no-default.config.ts", "FILE has no default export: write export default defineConfig({ … })"],
  ["by-hand.config.ts", "The default export of FILE was not made by defineConfig of the generated server.ts"],
])("%s is refused in one line", async (name, message) => {
  expect(await startErrorOf(loadConfig(path(name)))).toBe(message.replace("FILE", path(name)));
});

test("what a config throws itself passes through", async () => {
  await expect(loadConfig(path("broken.config.ts"))).rejects.toThrow("this config is broken");
});

/** What plain JavaScript may write into a config. */
function configured(modules: Record<string, unknown>) {
  return defineConfig({ modules: untyped(modules) });
}

test.each([
  [
    "a module that the IDL does not have",
    { sea: async () => ({ default: sky }) },
    'The config names a module "sea"; the IDL has garden, sky',
  ],
  [
    "a file without a default export",
    { garden: async () => ({}) },
    'The file of the module "garden" does not export what defineGarden returns by default',
  ],
  [
    "a file that exports something else",
    { garden: async () => ({ default: { rain() {} } }) },
    'The file of the module "garden" does not export what defineGarden returns by default',
  ],
  [
    "the file of another module",
    { garden: async () => ({ default: sky }) },
    'The file of the module "garden" defines the module Sky instead of Garden',
  ],
])("%s is refused in one line", async (_, modules, message) => {
  expect(await startErrorOf(loadModules(configured(modules), Object.keys(modules)))).toBe(message);
});

test("a module may come with settings", async () => {
  const source = async (): Promise<{ default: ModuleDefinition }> => ({ default: sky });
  const loaded = await loadModules(
    defineConfig({ modules: { sky: { load: source, settings: { wet: true } } } }),
    ["sky"],
  );
  expect(loaded).toEqual([{ definition: sky, settings: { wet: true } }]);
});
