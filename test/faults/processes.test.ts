import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { useBroker } from "../setup/rabbitmq.js";
import { callModules, deadline } from "./callers.js";
import { Cluster, type Crew } from "./cluster.js";
import { durations, percentile } from "./figures.js";
import { end } from "./launch.js";
import { Load } from "./load.js";
import { State } from "./state.js";
import { tryOut } from "./trial.js";

const crew: Crew = { work: 2, relay: 2 };
const broker = useBroker();
const cluster = new Cluster(broker);
let state: State;

beforeAll(async () => {
  await cluster.start(crew);
  await cluster.warmUp();
  if (broker.isOwn) state = await State.take(broker, cluster);
});
beforeEach(() => cluster.restore(crew));
afterAll(() => cluster.stop());

test("one of two processes is killed: what it had is aborted, or runs again where it may", async () => {
  const { failed } = await tryOut(cluster, {
    title: "One of two killed",
    codes: ["aborted"],
    harm: async () => void (await end(cluster.first("work"), "SIGKILL")),
  });
  expect(failed.filter(({ kind }) => kind === "again")).toEqual([]);
});

test("the only process is killed: calls end with `unavailable` at once, until another one runs", async () => {
  await end(cluster.first("work"), "SIGTERM");
  const { failed } = await tryOut(cluster, {
    title: "The only one killed",
    codes: ["unavailable"],
    async harm() {
      await end(cluster.first("work"), "SIGKILL");
      await cluster.add("work");
    },
  });
  // Those that may run again look for somebody else for two seconds.
  const waited = durations(failed.filter(({ kind }) => kind !== "again"));
  expect(percentile(waited, 0.99)).toBeLessThan(deadline / 2);
});

test("a process ends by SIGTERM while another one runs: not one call fails", async () => {
  const { failed } = await tryOut(cluster, {
    title: "One of two stopped",
    codes: [],
    async harm() {
      expect(await end(cluster.first("work"), "SIGTERM")).toBe(0);
      expect(await end(cluster.first("relay"), "SIGTERM")).toBe(0);
    },
  });
  expect(failed).toEqual([]);
});

test("a process that is slow has no more than it may have, and does not slow down others", async () => {
  const [slow, other] = await cluster.nodes();
  const needed = await cluster.rpc.work.memory({ node: slow });
  let needs = 0;
  const { calls, failed } = await tryOut(cluster, {
    title: "One of two slow",
    codes: ["deadline-exceeded", "resource-exhausted"],
    async harm() {
      await cluster.rpc.work.slowDown(deadline * 2, { node: slow });
      await sleep(3_000);
      needs = await cluster.rpc.work.memory({ node: slow });
      await cluster.rpc.work.slowDown(0, { node: slow });
    },
    // So long does what it has keep it from taking more.
    afterwards: deadline + 1_000,
  });
  console.log(`  ${mebibytes(needed)} MiB before, ${mebibytes(needs)} MiB while it is slow`);
  expect(needs).toBeLessThan(needed + 2 ** 25);
  expect(failed.length).toBeLessThan(calls.length / 3);
  const last = calls.slice(-1_000);
  expect(new Set(last.flatMap(({ node }) => node ?? []))).toEqual(new Set([slow, other]));
});

test("a process that hangs for three seconds answers then, and the other one goes on", async () => {
  const { process } = cluster.first("work");
  const { failed } = await tryOut(cluster, {
    title: "One of two frozen",
    codes: [],
    async harm() {
      process.kill("SIGSTOP");
      await sleep(3_000);
      process.kill("SIGCONT");
    },
  });
  expect(failed).toEqual([]);
});

test("two processes get the same share of 10,000 calls, be they steady or all at once", async () => {
  const steady = new Load(callModules(cluster.rpc));
  await sleep(4_500);
  const answers = (await steady.stop()).calls.flatMap(({ node }) => node ?? []);
  expectSameShare("Steady", answers);

  const burst = Array.from({ length: 10_000 }, (_, index) => cluster.rpc.work.again(lastIds + index, 0));
  expectSameShare(
    "All at once",
    (await Promise.all(burst)).map(({ node }) => node),
  );
});

test("a call to a certain node reaches that one", async () => {
  const [one, other] = await cluster.nodes();
  const calls = Array.from({ length: 1_000 }, async (_, index) => {
    const node = index % 2 === 0 ? one : other;
    const done = await cluster.rpc.work.again(lastIds, 0, { node });
    return done.node === node;
  });
  expect((await Promise.all(calls)).every(Boolean)).toBe(true);
  const gone = cluster.rpc.work.once(lastIds, 0, { node: "work-gone.1" });
  await expect(gone).rejects.toMatchObject({ code: "unavailable" });
});

test.runIf(broker.isOwn)("in the end everything is as it was", async () => {
  await state.expectSameCensus();
  await state.expectSameMemory();
});

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

// Above all that a load uses.
const lastIds = 4_000_000_000;

function expectSameShare(title: string, answers: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const node of answers) counts.set(node, (counts.get(node) ?? 0) + 1);
  const shares = [...counts.values()];
  console.log(`${title}: ${answers.length} calls answered by ${shares.join(" and ")}`);
  expect(shares).toHaveLength(2);
  const half = answers.length / 2;
  for (const share of shares) expect(Math.abs(share - half)).toBeLessThan(half / 10);
}
