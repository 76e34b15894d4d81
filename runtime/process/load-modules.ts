import type { ConfiguredApplication, ModuleConfig, ModuleSource } from "../config/config.js";
import type { ModuleDefinition } from "../module/define-module.js";
import { StartError } from "./start-error.js";

/** A module's file, imported. */
export interface LoadedModule {
  readonly definition: ModuleDefinition;
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Imports the files of modules that a config names.
 *
 * @param keys which of them, in the order of starting
 * @throws StartError where it names a module that the IDL does not have, or a file that defines another one.
 * What a file itself throws passes through.
 */
export async function loadModules(
  { application, config }: ConfiguredApplication,
  keys: readonly string[],
): Promise<LoadedModule[]> {
  const loaded: LoadedModule[] = [];
  for (const key of keys) {
    const source = config.modules[key];
    if (source === undefined) continue;
    const contract = application.modules[key];
    if (contract === undefined) {
      const known = Object.keys(application.modules).join(", ");
      throw new StartError(`The config names a module "${key}"; the IDL has ${known}`);
    }
    const { load, settings = {} } = isModuleConfig(source) ? source : { load: source };
    const { default: definition }: { default?: unknown } = await load();
    if (!isDefinition(definition)) {
      throw new StartError(
        `The file of the module "${key}" does not export what define${contract.name} returns by default`,
      );
    }
    if (definition.contract !== contract) {
      throw new StartError(
        `The file of the module "${key}" defines the module ${definition.contract.name} instead of ${contract.name}`,
      );
    }
    loaded.push({ definition, settings });
  }
  return loaded;
}

function isModuleConfig(source: ModuleSource | ModuleConfig): source is ModuleConfig {
  return typeof source !== "function";
}

function isDefinition(value: unknown): value is ModuleDefinition {
  return (
    typeof value === "object" &&
    value !== null &&
    "contract" in value &&
    "invokers" in value &&
    "setup" in value &&
    typeof value.setup === "function"
  );
}
