import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "vitest";
import type { Broker } from "../setup/rabbitmq.js";
import { takeCensus } from "./census.js";
import type { Cluster } from "./cluster.js";

/** What a cluster takes of the broker and of its machine when nothing is going on. */
export class State {
  readonly #broker: Broker;
  readonly #cluster: Cluster;
  readonly #census: object;
  readonly #memory: readonly number[];

  static async take(broker: Broker, cluster: Cluster): Promise<State> {
    const census = await takeCensus(broker, cluster.application);
    return new State(broker, cluster, census, await measureMemory(cluster));
  }

  private constructor(broker: Broker, cluster: Cluster, census: object, memory: readonly number[]) {
    this.#broker = broker;
    this.#cluster = cluster;
    this.#census = census;
    this.#memory = memory;
  }

  /** Waits until connections, channels, queues, bindings and messages are what they were. */
  async expectSameCensus(): Promise<void> {
    const census = () => takeCensus(this.#broker, this.#cluster.application);
    await expect.poll(census, { timeout: 20_000 }).toEqual(this.#census);
  }

  /** Looks whether programs need what they needed. */
  async expectSameMemory(): Promise<void> {
    const memory = await measureMemory(this.#cluster);
    console.log(`Memory in MiB: ${this.#memory.join(", ")} before, ${memory.join(", ")} after`);
    for (const [index, size] of memory.entries()) expect(size).toBeLessThan((this.#memory[index] ?? 0) + 16);
  }
}

/**
 * Mebibytes that programs need once what nobody needs was thrown away: the caller, which is this process,
 * and the two that work.
 */
async function measureMemory(cluster: Cluster): Promise<number[]> {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  collect();
  const own = process.memoryUsage().heapUsed;
  const others = (await cluster.nodes()).map((node) => cluster.rpc.work.memory({ node }));
  return [own, ...(await Promise.all(others))].map((bytes) => Math.round(bytes / 2 ** 20));
}
