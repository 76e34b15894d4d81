import type { Callee } from "../call/callees.js";
import { type Clock, systemClock } from "../clock/clock.js";
import type { ModuleContract } from "../contract/module.js";
import type { PushSink } from "../session/push-sink.js";
import type { Session } from "../session/session.js";
import type { NodeId } from "../transport/transport.js";
import type { ModuleContext, ModuleDefinition } from "./define-module.js";
import type { Logger } from "./logger.js";
import { MissingMethods } from "./missing-methods.js";
import { createModuleClock } from "./module-clock.js";
import { createPushTargets } from "./push-targets.js";

/** What a module runs with. */
export interface HostOptions {
  readonly definition: ModuleDefinition;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly rpc: unknown;
  readonly node: NodeId;
  readonly sink: PushSink;
  readonly log: Logger;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
}

/** One step of a module's life. */
export type Step = () => void | Promise<void>;

/** A module whose set-up is running or has run. Steps stand in the order in which it registered them. */
export interface HostedModule {
  readonly name: string;
  readonly log: Logger;
  readonly startSteps: readonly Step[];
  readonly stopSteps: readonly Step[];
  readonly sessionEndSteps: readonly ((session: Session) => void | Promise<void>)[];
  /** Runs the set-up and returns the methods that can be called. */
  setUp(): Promise<readonly Callee[]>;
}

/** Makes ready to run a module. */
export function hostModule(options: HostOptions): HostedModule {
  const { definition, settings, rpc, node, sink, log } = options;
  const { contract } = definition;
  const clock = createModuleClock(options.clock ?? systemClock, log);
  const startSteps: Step[] = [];
  const stopSteps: Step[] = [];
  const sessionEndSteps: ((session: Session) => void | Promise<void>)[] = [];
  let settingUp = true;

  function registrar<S>(name: string, steps: S[]): (step: S) => void {
    return (step) => {
      if (!settingUp) throw new Error(`${name} comes too late: the module ${contract.name} has been set up`);
      steps.push(step);
    };
  }

  const context: ModuleContext<unknown, unknown> = {
    rpc,
    node,
    push: createPushTargets(contract, sink),
    log,
    clock,
    settings,
    onStart: registrar("onStart", startSteps),
    onStop: registrar("onStop", stopSteps),
    onSessionEnd: registrar("onSessionEnd", sessionEndSteps),
  };

  return {
    name: contract.name,
    log,
    startSteps,
    stopSteps,
    sessionEndSteps,
    async setUp() {
      try {
        const handlers: unknown = await definition.setup(context);
        return bindMethods(contract, handlers, definition.invokers);
      } finally {
        settingUp = false;
        // The last to be registered is the first to run: nothing ticks any more while the module stops.
        stopSteps.push(() => clock.stop());
      }
    },
  };
}

function bindMethods(
  contract: ModuleContract,
  handlers: unknown,
  invokers: ModuleDefinition["invokers"],
): readonly Callee[] {
  if (typeof handlers !== "object" || handlers === null) {
    throw new Error(`The set-up of the module ${contract.name} must return its handlers as an object`);
  }
  const missing: string[] = [];
  const callees: Callee[] = [];
  for (const [name, method] of Object.entries(contract.methods)) {
    const invoke = invokers[name];
    if (invoke === undefined || typeof Reflect.get(handlers, name) !== "function") missing.push(name);
    else callees.push({ method, handlers, invoke });
  }
  if (missing.length > 0) {
    const methods = missing.map((name) => `"${name}"`).join(", ");
    throw new MissingMethods(`The set-up of the module ${contract.name} returned no method ${methods}`);
  }
  return callees;
}
