import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useBroker } from "../setup/rabbitmq.js";
import { type Census, takeCensus } from "./census.js";
import { Cluster, type Crew } from "./cluster.js";
import { measureMemory, warmUp } from "./memory.js";
import { tryOut } from "./trial.js";

const crew: Crew = { work: 2, relay: 2 };
const broker = useBroker();
const cluster = new Cluster(broker);

describe.runIf(broker.isOwn)("with a broker that can be controlled", () => {
  let before: Census;
  let memoryBefore: readonly number[];

  beforeAll(async () => {
    await cluster.start(crew);
    await warmUp(cluster);
    before = await takeCensus(broker, cluster.application);
    memoryBefore = await measureMemory(cluster);
  });
  afterAll(() => cluster.stop());

  test("all connections are closed", async () => {
    const { failed } = await tryOut(cluster, {
      title: "All connections closed",
      codes: ["unavailable", "aborted"],
      harm: async () => void (await broker.ctl("close_all_connections", "for a test")),
    });
    expect(failed.filter(({ kind }) => kind === "again")).toEqual([]);
    await expectAsBefore();
  });

  test("the broker is stopped, and started again", async () => {
    await tryOut(cluster, {
      title: "Broker stopped and started",
      codes: ["unavailable", "aborted", "deadline-exceeded"],
      async harm() {
        await broker.stop();
        await broker.start();
      },
      afterwards: 3_000,
    });
    await expectAsBefore();
  });

  test("the broker is frozen for five seconds", async () => {
    await tryOut(cluster, {
      title: "Broker frozen",
      codes: ["unavailable", "aborted", "deadline-exceeded"],
      async harm() {
        broker.freeze();
        await sleep(5_000);
        broker.thaw();
      },
      afterwards: 3_000,
    });
    await expectAsBefore();
  });

  test("the queue of a module is deleted", async () => {
    await tryOut(cluster, {
      title: "Queue deleted",
      codes: ["unavailable", "aborted"],
      harm: async () => void (await broker.ctl("delete_queue", `${cluster.application}.module.Work`)),
    });
    await expectAsBefore();
  });

  test("in the end memory is what it was", async () => {
    const memory = await measureMemory(cluster);
    console.log(`Memory in MiB: ${memoryBefore.join(", ")} before, ${memory.join(", ")} after`);
    for (const [index, size] of memory.entries()) expect(size).toBeLessThan((memoryBefore[index] ?? 0) + 16);
  });

  async function expectAsBefore(): Promise<void> {
    await expect.poll(() => takeCensus(broker, cluster.application), { timeout: 20_000 }).toEqual(before);
  }
});
