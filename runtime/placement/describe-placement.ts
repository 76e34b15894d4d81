import type { Placement, ThreadPlan } from "./placement.js";

interface Place {
  readonly process: string;
  readonly thread: ThreadPlan;
}

/** Says where everything runs, and how each place reaches each module: lines for people. */
export function describePlacement(placement: Placement): string {
  const places = placement.processes.flatMap(({ name, threads }) =>
    threads.filter(isUsed).map((thread) => ({ process: name, thread })),
  );
  const modules = [...new Set(places.flatMap(({ thread }) => thread.modules))];
  const where = places.map((place) => [nameOf(place), list(place.thread)]);
  const ways = places.map((place) => [
    nameOf(place),
    ...modules.map((module) => describeWay(place, places, module)),
  ]);
  return [
    ...layOut([["process/thread", "runs"], ...where]),
    "",
    ...layOut([["calls from, to", ...modules], ...ways]),
  ].join("\n");
}

/** How a thread reaches a module. */
function describeWay(from: Place, places: readonly Place[], module: string): string {
  const hosts = places.filter(({ thread }) => thread.modules.includes(module));
  if (hosts.some(({ process, thread }) => process === from.process && thread === from.thread))
    return "direct";
  if (hosts.some(({ process }) => process === from.process)) return "thread";
  return "amqp";
}

function isUsed({ name, modules, hasGateway }: ThreadPlan): boolean {
  return name !== "main" || modules.length > 0 || hasGateway;
}

function nameOf({ process, thread }: Place): string {
  return `${process}/${thread.name}`;
}

function list({ modules, hasGateway }: ThreadPlan): string {
  return [...(hasGateway ? ["the gateway"] : []), ...modules].join(", ");
}

function layOut(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
