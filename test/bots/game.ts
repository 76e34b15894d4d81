import config from "../../antwire.config.js";
import type { ConfiguredApplication, ModuleSource } from "../../runtime/config/config.js";
import type { ModuleDefinition } from "../../runtime/module/define-module.js";
import { startApplication } from "../../runtime/process/application.js";
import { createLog } from "../../runtime/process/log.js";

/** The demo game on a real port, which counts what its modules are called for. */
export interface CountedGame extends AsyncDisposable {
  readonly url: string;
  /** Calls by `<Module>.<method>`, also of modules among each other. */
  readonly calls: ReadonlyMap<string, number>;
}

export async function startCountedGame(): Promise<CountedGame> {
  const calls = new Map<string, number>();
  const modules: Record<string, ModuleSource> = {};
  for (const [key, source] of Object.entries(config.config.modules)) {
    if (typeof source !== "function") throw new TypeError("the demo's modules have no settings");
    modules[key] = async () => ({ default: count((await source()).default, calls) });
  }
  const { onReady: _, ...own } = config.config;
  const counted: ConfiguredApplication = { application: config.application, config: { ...own, modules } };
  const application = await startApplication(counted, {
    mqtt: 0,
    http: 0,
    log: createLog("text", { write: () => true }),
  });
  return {
    url: application.addresses.mqtt,
    calls,
    [Symbol.asyncDispose]: () => application.stop(),
  };
}

function count(definition: ModuleDefinition, calls: Map<string, number>): ModuleDefinition {
  const counted = Object.entries(definition.invokers).map(([name, invoke]) => {
    const key = `${definition.contract.name}.${name}`;
    const counting: typeof invoke = (handlers, session, args, call) => {
      calls.set(key, (calls.get(key) ?? 0) + 1);
      return invoke(handlers, session, args, call);
    };
    return [name, counting] as const;
  });
  return { ...definition, invokers: Object.fromEntries(counted) };
}
