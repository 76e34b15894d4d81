import type { Config } from "../config/config.js";
import { type Placement, PlacementError, type ProcessPlan } from "./placement.js";

const processName = /^[a-z][a-z0-9-]{0,31}$/;

/**
 * Checks that a placement can work.
 *
 * @throws PlacementError for the first thing that cannot
 */
export function checkPlacement(config: Config, placement: Placement): void {
  for (const [name, { threads = [] }] of Object.entries(config.processes ?? {})) {
    if (!processName.test(name)) {
      throw new PlacementError(
        `The process "${name}" needs another name: small letters, digits and hyphens, a letter first, 32 at most`,
      );
    }
    for (const { instances = 1 } of threads) {
      if (Number.isInteger(instances) && instances >= 1) continue;
      throw new PlacementError(
        `\`instances\` of a thread of ${name} must be a whole number from 1, not ${instances}`,
      );
    }
  }
  for (const process of placement.processes) checkProcess(config, process);
  requireHosts(config, placement);
  for (const process of placement.processes) requireOthers(config, process, placement);
}

/** A process that meets no others has to run everything. */
function requireOthers(
  config: Config,
  { name, threads, usesBroker }: ProcessPlan,
  placement: Placement,
): void {
  if (usesBroker) return;
  if (placement.processes.length > 1 && config.amqp === undefined) {
    throw new PlacementError(
      "The config has more than one process, but no `amqp` by which they could reach each other",
    );
  }
  const hosted = threads.flatMap(({ modules }) => modules);
  const missing = placement.processes
    .flatMap((process) => process.threads.flatMap(({ modules }) => modules))
    .find((module) => !hosted.includes(module));
  if (missing === undefined) return;
  throw new PlacementError(`The process ${name} cannot do with \`amqp: false\`: it does not run ${missing}`);
}

function checkProcess(config: Config, { name, threads }: ProcessPlan): void {
  for (const thread of threads) {
    for (const module of thread.modules) {
      if (config.modules[module] === undefined) {
        throw new PlacementError(
          `The process ${name} runs a module "${module}", which is not in the config's \`modules\``,
        );
      }
    }
  }
  requireOnce(config, name);
  if (threads.filter((thread) => thread.hasGateway).length > 1) {
    throw new PlacementError(
      `The process ${name} has more than one gateway; the threads of one process cannot share a port`,
    );
  }
}

/** More than one thread may run a module if that is said by `instances`, and not where it may be a slip. */
function requireOnce(config: Config, name: string): void {
  const process = config.processes?.[name];
  if (process === undefined) return;
  const seen = new Set<string>();
  for (const module of [process, ...(process.threads ?? [])].flatMap(({ modules = [] }) => modules)) {
    if (seen.has(module)) {
      throw new PlacementError(
        `The module ${module} is listed twice in the process ${name}; for more than one instance write \`instances\``,
      );
    }
    seen.add(module);
  }
}

function requireHosts(config: Config, placement: Placement): void {
  const hosted = new Set(
    placement.processes.flatMap(({ threads }) => threads.flatMap(({ modules }) => modules)),
  );
  for (const module of Object.keys(config.modules)) {
    if (hosted.has(module) || config.modules[module] === undefined) continue;
    throw new PlacementError(
      `No process runs the module ${module}: add it to one of ${Object.keys(config.processes ?? {}).join(", ")}`,
    );
  }
}
