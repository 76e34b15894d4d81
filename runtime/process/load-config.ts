import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { ConfiguredApplication } from "../config/config.js";
import { acceptTypeScript } from "./accept-typescript.js";
import { StartError } from "./start-error.js";

/**
 * Imports a config.
 *
 * @param file its path, as seen from the working directory
 * @throws StartError where there is no file, or it does not export what the generated `defineConfig` returns.
 * What the file itself throws passes through.
 */
export async function loadConfig(file: string): Promise<ConfiguredApplication> {
  const path = resolve(file);
  const name = relative(process.cwd(), path);
  if (!existsSync(path)) {
    throw new StartError(`There is no config ${name}: write it, or name another one with --config <file>`);
  }
  if (/\.[cm]?ts$/.test(path)) await acceptTypeScript();
  const exported: unknown = await import(pathToFileURL(path).href);
  const config = member(exported, "default");
  if (config === undefined) {
    throw new StartError(`${name} has no default export: write export default defineConfig({ … })`);
  }
  if (!isConfigured(config)) {
    throw new StartError(
      `The default export of ${name} was not made by defineConfig of the generated server.ts`,
    );
  }
  return config;
}

function isConfigured(value: unknown): value is ConfiguredApplication {
  const application = member(value, "application");
  return (
    typeof member(application, "createRpc") === "function" &&
    typeof member(application, "modules") === "object" &&
    typeof member(member(value, "config"), "modules") === "object"
  );
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
