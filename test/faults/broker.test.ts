import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useBroker } from "../setup/rabbitmq.js";
import { CallRecord, nextId } from "./call-record.js";
import { callModules, deadline } from "./callers.js";
import { Cluster } from "./cluster.js";
import { durations } from "./figures.js";
import { findWrongRuns } from "./runs.js";
import { State } from "./state.js";
import { tryOut } from "./trial.js";

const broker = useBroker();
const cluster = new Cluster(broker);

describe.runIf(broker.isOwn)("with a broker that can be controlled", () => {
  let state: State;

  beforeAll(async () => {
    await cluster.start({ work: 2, relay: 2 });
    await cluster.warmUp();
    state = await State.take(broker, cluster);
  });
  afterAll(() => cluster.stop());

  test("all connections are closed", async () => {
    const { failed } = await tryOut(cluster, {
      title: "All connections closed",
      codes: ["unavailable", "aborted"],
      harm: async () => void (await broker.ctl("close_all_connections", "for a test")),
    });
    expect(failed.filter(({ kind }) => kind === "again")).toEqual([]);
    await state.expectSameCensus();
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
    await state.expectSameCensus();
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
    await state.expectSameCensus();
  });

  test("the queue of a module is deleted", async () => {
    const { failed } = await tryOut(cluster, {
      title: "Queue deleted",
      codes: ["unavailable", "aborted"],
      harm: async () => void (await broker.ctl("delete_queue", `${cluster.application}.module.Work`)),
    });
    expect(failed.filter(({ kind }) => kind === "again")).toEqual([]);
    await state.expectSameCensus();
  });

  test("calls that are lost with their queue do not wait for their deadlines", async () => {
    const workers = cluster.processes("work").map(({ process }) => process);
    for (const worker of workers) worker.kill("SIGSTOP");
    const call = callModules(cluster.rpc, 4 * deadline);
    const made: Promise<CallRecord>[] = [];
    // Each is a message of its own, of which the workers have so many and no more. The others are in the queue.
    for (let count = 0; count < prefetch * workers.length + 200; count++) {
      made.push(new CallRecord(nextId(), count % 2 === 0 ? "once" : "again").make(call, 0));
      await turn();
    }
    await broker.ctl("delete_queue", `${cluster.application}.module.Work`);
    for (const worker of workers) worker.kill("SIGCONT");
    const calls = await Promise.all(made);
    const lost = calls.filter(({ hasFailed }) => hasFailed);
    expect(lost.length).toBeGreaterThan(50);
    expect(lost.filter(({ kind, outcome }) => kind !== "once" || outcome !== "unavailable")).toEqual([]);
    expect(Math.max(...durations(calls))).toBeLessThan(3 * deadline);
    expect(await findWrongRuns(cluster.runs, calls)).toEqual([]);
    await state.expectSameCensus();
  });

  test("in the end memory is what it was", () => state.expectSameMemory());
});

/** Messages that a module has in hand at a time, where the config does not say. */
const prefetch = 256;
