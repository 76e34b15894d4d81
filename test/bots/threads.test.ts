import { expect, test } from "vitest";
import type { Report } from "../../runtime/bots/index.js";
import { looking, useRuns } from "./runs.js";

const bots = useRuns();
const { run, runForReport } = bots;

/** Ends a run once the server has been asked for the ranking so often. */
async function endAfterLooks(end: AbortController, looks: number): Promise<void> {
  const { calls } = bots.game;
  const wanted = (calls.get("Ranking.top") ?? 0) + looks;
  while ((calls.get("Ranking.top") ?? 0) < wanted) await new Promise((resolve) => setTimeout(resolve, 20));
  end.abort();
}

test("bots on threads count together what the server counts", async () => {
  const before = new Map(bots.game.calls);
  const end = new AbortController();
  const looks = endAfterLooks(end, 60);
  const report = await runForReport({ scenario: "demo/load.ts", bots: 21, threads: 3 }, end);
  await looks;
  expect(report).toMatchObject({ code: 0, bots: 21, threads: 3, connected: 21, failed: 0, errors: [] });
  expect(report.connects.answered).toBe(21);
  // All have names of their own, and so numbers of their own.
  expect(report.calls.find(({ method }) => method === "Login.enter")).toMatchObject({ declared: 0 });
  expect(report.calls.length).toBeGreaterThanOrEqual(3);
  for (const { method, answered, times } of report.calls) {
    expect({ method, answered }).toEqual({
      method,
      answered: (bots.game.calls.get(method) ?? 0) - (before.get(method) ?? 0),
    });
    expect(times).not.toBeNull();
  }
  expect(report.pushes.find(({ push }) => push === "Arena.moved")?.count).toBeGreaterThan(21);
});

test("bots on threads share a rate, and show one state", async () => {
  const end = new AbortController();
  const looks = endAfterLooks(end, 60);
  const options = { scenario: "test/bots/scenarios/looking.ts", bots: 5, threads: 2, rate: 50 };
  const { text, progress } = await run({ ...options, json: true }, end, true);
  await looks;
  const { rounds, late, seconds }: Report = JSON.parse(text);
  expect(rounds.answered + late).toBeLessThanOrEqual(Math.ceil(50 * seconds));
  expect(progress).toMatch(/[1-5] of 5 bots/);
});

test("what a scenario on a thread throws where nobody catches it ends the run", async () => {
  const running = run(
    { scenario: "test/bots/scenarios/throwing.ts", bots: 4, threads: 2 },
    new AbortController(),
  );
  await expect(running).rejects.toThrow("nobody catches this");
});

test("threads refuse a scenario that is no file", async () => {
  const running = run({ scenario: looking(() => {}), bots: 4, threads: 2 }, new AbortController());
  await expect(running).rejects.toThrow("Bots on threads take the scenario's file");
});
