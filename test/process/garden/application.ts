import type { Caller } from "../../../runtime/call/caller.js";
import { nothing } from "../../../runtime/codec/codec.js";
import { type Config, type ConfiguredApplication, configure } from "../../../runtime/config/config.js";
import type { MethodContract } from "../../../runtime/contract/method.js";
import type { ModuleContract } from "../../../runtime/contract/module.js";
import { plain } from "../../../runtime/json/plain.js";
import { defineModule, type ModuleDefinition, type Setup } from "../../../runtime/module/define-module.js";

// Two modules without arguments and results, described by hand as the generator would describe them.

const shared: Omit<MethodContract<[], void>, "module" | "name"> = {
  kind: "call",
  access: "session",
  timeout: undefined,
  idempotent: false,
  parameters: [],
  args: { write: () => [], read: () => [], copy: () => [] },
  result: nothing,
  failures: [],
};

export const water: MethodContract<[], void> = { ...shared, module: "Garden", name: "water" };
const rain: MethodContract<[], void> = { ...shared, module: "Sky", name: "rain", access: "internal" };

const garden: ModuleContract = { name: "Garden", methods: { water }, pushes: {} };
const sky: ModuleContract = { name: "Sky", methods: { rain }, pushes: {} };

/** Stubs. */
export class Rpc {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  rain(): Promise<void> {
    return this.#caller.call(rain, undefined, [], undefined);
  }
}

interface GardenHandlers {
  water(): void | Promise<void>;
}

interface SkyHandlers {
  rain(): void | Promise<void>;
}

export function defineGarden(setup: Setup<GardenHandlers, Rpc, object>): ModuleDefinition {
  return defineModule(garden, setup, { water: (handlers: GardenHandlers) => handlers.water() });
}

export function defineSky(setup: Setup<SkyHandlers, Rpc, object>): ModuleDefinition {
  return defineModule(sky, setup, { rain: (handlers: SkyHandlers) => handlers.rain() });
}

export function defineConfig(config: Config<"garden" | "sky", Rpc>): ConfiguredApplication {
  return configure(
    {
      modules: { garden, sky },
      routes: {
        methods: new Map([["Garden/water", { method: water, parameters: [], result: plain }]]),
        pushes: new Map(),
        failures: new Map(),
      },
      createRpc: (caller) => new Rpc(caller),
    },
    config,
  );
}
