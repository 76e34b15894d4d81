import type { Config } from "../config/config.js";
import type { ProcessConfig, ThreadConfig } from "../config/placement-config.js";
import { checkPlacement } from "./check-placement.js";
import { type Placement, PlacementError, type ProcessPlan, type ThreadPlan } from "./placement.js";

/** The name of the process that runs everything. */
const everything = "all";

/** What the command line says about the placement. */
export interface PlacementWish {
  /** The process to run; undefined for one that runs everything. */
  readonly process?: string | undefined;
  /** Worker threads over which the modules of that process are spread, whatever the config says. */
  readonly threads?: number | undefined;
}

/** A placement, and which of its processes is this one. */
export interface PlannedProcess {
  readonly placement: Placement;
  readonly process: ProcessPlan;
}

/**
 * Plans what the config and the command line say.
 *
 * @throws PlacementError where that makes no sense
 */
export function planPlacement(config: Config, { process: name, threads }: PlacementWish): PlannedProcess {
  const placement = name === undefined ? planOneProcess(config) : planProcesses(config);
  checkPlacement(config, placement);
  const found = placement.processes.find((process) => process.name === (name ?? everything));
  if (found === undefined) throw new PlacementError(describeUnknown(name ?? everything, placement));
  return { placement, process: threads === undefined ? found : spread(found, threads) };
}

/** What the config says of its processes, whichever of them is to run. */
export function planProcesses(config: Config): Placement {
  const processes = Object.entries(config.processes ?? {}).map(([name, process]) => ({
    name,
    threads: [planMain(process), ...planWorkers(process.threads ?? [])],
    usesBroker: config.amqp !== undefined && process.amqp !== false,
  }));
  if (processes.length === 0) return planOneProcess(config);
  return { processes };
}

function planOneProcess(config: Config): Placement {
  const modules = Object.keys(config.modules).filter((key) => config.modules[key] !== undefined);
  return {
    processes: [
      { name: everything, threads: [{ name: "main", modules, hasGateway: true }], usesBroker: false },
    ],
  };
}

function planMain({ modules = [], gateway = false }: ProcessConfig): ThreadPlan {
  return { name: "main", modules, hasGateway: gateway !== false };
}

function planWorkers(threads: readonly ThreadConfig[]): ThreadPlan[] {
  return threads
    .flatMap((thread) => Array.from({ length: thread.instances ?? 1 }, () => thread))
    .map(({ modules = [], gateway = false }, index) => ({
      name: String(index + 1),
      modules,
      hasGateway: gateway,
    }));
}

/** The modules of a process, one after the other on so many worker threads. The gateway stays on the main thread. */
function spread({ name, threads, usesBroker }: ProcessPlan, count: number): ProcessPlan {
  const modules = [...new Set(threads.flatMap((thread) => thread.modules))];
  const hasGateway = threads.some((thread) => thread.hasGateway);
  if (count === 0) return { name, threads: [{ name: "main", modules, hasGateway }], usesBroker };
  const workers = Array.from({ length: Math.min(count, modules.length) }, (_, index) => ({
    name: String(index + 1),
    modules: modules.filter((_module, place) => place % count === index),
    hasGateway: false,
  }));
  return { name, threads: [{ name: "main", modules: [], hasGateway }, ...workers], usesBroker };
}

function describeUnknown(name: string, { processes }: Placement): string {
  const known = processes.map((process) => process.name).filter((known) => known !== everything);
  if (known.length === 0) return `There is no process ${name}: the config has no \`processes\``;
  return `There is no process ${name}; the config has ${known.join(", ")}`;
}
