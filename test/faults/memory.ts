import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Cluster } from "./cluster.js";
import { callModules, Load } from "./load.js";

/** Mebibytes that programs need, once what nobody needs was thrown away: the caller's, and those of the two that work. */
export async function measureMemory(cluster: Cluster): Promise<number[]> {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  const own = process.memoryUsage().heapUsed;
  const others = (await cluster.nodes()).map((node) => cluster.rpc.work.memory({ node }));
  return [own, ...(await Promise.all(others))].map((bytes) => Math.round(bytes / 2 ** 20));
}

/** Has everything done once that is compiled and set up by being done. */
export async function warmUp(cluster: Cluster): Promise<void> {
  const load = new Load(callModules(cluster.rpc));
  await new Promise((resolve) => setTimeout(resolve, 500));
  await load.stop();
}
