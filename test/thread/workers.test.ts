import { expect, test } from "vitest";
import { until } from "./inbox.js";
import { prepareThreads, startThreads, type Threads } from "./threads.js";

function tell({ threads }: Threads, node: string, ...frame: unknown[]): void {
  threads.transport.lane({ kind: "node", node }).send(frame, 1000);
}

const logOf = ({ log }: Threads) => log.join("\n");

test.for(["exit", "throw"])(
  "a worker that ends by %s is gone at once, and is started again with new channels to all",
  async (what) => {
    const all = await startThreads({ lobby: ["Lobby"], chess: ["Chess"] });
    const { threads, inbox } = all;
    tell(all, "chess-2", what);
    await until(() => inbox.gone.length === 1);
    expect(inbox.gone).toEqual(["chess-2"]);

    const chess = threads.transport.lane({ kind: "module", module: "Chess" });
    chess.send(["echo"], 1000);
    tell(all, "chess-2", "echo");
    await until(() => inbox.undelivered.length === 2);
    expect(inbox.undelivered.map(({ why }) => why)).toEqual(["nobody", "nobody"]);

    await until(() => logOf(all).includes("The thread chess (Chess) runs again"));
    chess.send(["pass on", "Lobby"], 1000);
    expect(await inbox.take(1)).toEqual([["answered", "lobby-1", "chess-3"]]);
    tell(all, "lobby-1", "pass on", "Chess");
    expect(await inbox.take(1)).toEqual([["answered", "chess-3", "lobby-1"]]);
  },
);

test("an uncaught exception of a worker is in the log with the thread, its modules and the stack", async () => {
  const all = await startThreads({ game: ["Lobby", "Chess"] });
  tell(all, "game-1", "throw");
  await until(() => all.log.length > 0);
  expect(all.log[0]).toContain(
    "The thread game (Lobby, Chess) failed: thrown by a worker. It starts again in 100 ms",
  );
  expect(all.log[0]).toMatch(/worker\.ts:\d+/);
});

test("each failure in a row doubles the wait", async () => {
  const all = await startThreads({ game: ["Echo"] });
  for (const node of ["game-1", "game-2", "game-3"]) {
    await until(() => all.threads.transport.peers.has(node));
    tell(all, node, "exit");
    await until(() => all.inbox.gone.includes(node));
  }
  await until(() => all.log.filter((line) => line.includes("exit code 3")).length === 3);
  const waits = all.log.flatMap(
    (line) => /ended with exit code 3. It starts again in (\d+) ms/.exec(line)?.[1] ?? [],
  );
  expect(waits).toEqual(["100", "200", "400"]);
});

test.for([
  ["rejects", "cannot start like this"],
  ["exits", "The thread bad has ended"],
] as const)("a start in which one worker %s ends all of them and rejects", async ([start, message]) => {
  const all = prepareThreads({ good: ["Echo"], bad: { modules: [], data: { start } } });
  await expect(all.threads.start()).rejects.toThrow(message);
  expect(all.log).toEqual([]);
  expect(all.threads.transport.peers.size).toBe(0);
});

test("steps are taken by all workers, and what goes wrong is told", async () => {
  const all = await startThreads({ a: [], b: [] });
  expect(await all.threads.run("count")).toMatchObject({ errors: [] });
  expect(await all.threads.run("unknown")).toMatchObject({ errors: [] });
  for (const node of ["a-1", "b-2"]) tell(all, node, "steps");
  expect(await all.inbox.take(2)).toEqual([
    ["steps", 1],
    ["steps", 1],
  ]);
  const { errors } = await all.threads.run("fail");
  expect(errors.map(({ name, message }) => `${name}: ${message}`)).toEqual([
    "TypeError: a step failed",
    "TypeError: a step failed",
  ]);
  expect(errors[0]?.stack).toMatch(/worker\.ts:\d+/);
});

test("a clean stop ends all workers, whatever they left open, and starts none again", async () => {
  const all = await startThreads({ a: ["Echo"], b: ["Echo"] });
  expect(await all.threads.stop()).toEqual([]);
  expect(all.log).toEqual([]);
  expect(all.threads.transport.peers.size).toBe(0);
});

test("a worker that does not stop in time is ended, and one that fails to is told of", async () => {
  const all = await startThreads({
    stuck: { modules: ["Echo"], data: { stop: "never" } },
    failing: { modules: [], data: { stop: "rejects" } },
    blocked: ["Lobby"],
  });
  tell(all, "blocked-3", "hang");
  await all.inbox.take(1);
  const errors = await all.threads.stop(300);
  expect(errors.map(({ message }) => message)).toEqual([
    "The thread stuck (Echo) did not stop within 300 ms and was ended",
    "cannot stop like this",
    "The thread blocked (Lobby) did not stop within 300 ms and was ended",
  ]);
});
