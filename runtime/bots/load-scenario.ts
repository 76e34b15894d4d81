import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { acceptTypeScript } from "../process/accept-typescript.js";
import { BotsError } from "./bots-error.js";
import type { Scenario } from "./scenario.js";

/**
 * Imports a scenario.
 *
 * @param file its path, as seen from the working directory
 * @throws BotsError where there is none. What the file itself throws passes through.
 */
export async function loadScenario(file: string): Promise<Scenario<unknown>> {
  const path = resolve(file);
  if (!existsSync(path)) throw new BotsError(`There is no scenario ${file}`);
  if (/\.[cm]?ts$/.test(path)) await acceptTypeScript();
  const exported: unknown = await import(pathToFileURL(path).href);
  const scenario = member(exported, "default");
  if (typeof member(scenario, "client") !== "function" || typeof member(scenario, "round") !== "function") {
    throw new BotsError(
      `${file} has no scenario: write export default defineScenario({ client: Game, async round(game, bot) { … } })`,
    );
  }
  return scenario as Scenario<unknown>; // Its two members without a default are there.
}

function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
