import { describe, expect, test } from "vitest";
import load from "../../demo/load.js";
import { Game } from "../../generated/client.js";
import { defineScenario } from "../../runtime/bots/index.js";
import { start } from "../setup/run.js";
import { looking, useRuns } from "./runs.js";

const bots = useRuns();
const { run, runForReport } = bots;

/** Ends a run once something has happened so often. */
function endAfter(times: number): AbortController & { count(): void } {
  const end = new AbortController();
  let left = times;
  return Object.assign(end, {
    count() {
      if (--left <= 0) end.abort();
    },
  });
}

test("fifty bots count the calls that the server counts", async () => {
  const before = new Map(bots.game.calls);
  const end = new AbortController();
  const start = performance.now();
  const played = new Set<number>();
  const scenario = defineScenario({
    ...load,
    async round(client, bot) {
      await load.round(client, bot);
      played.add(bot.number);
      if (played.size === 50 && performance.now() - start > 2_000) end.abort();
    },
  });
  const report = await runForReport({ scenario, bots: 50 }, end);
  expect(report).toMatchObject({ code: 0, bots: 50, connected: 50, failed: 0, lost: 0, errors: [] });
  expect(report.connects.answered).toBe(50);
  expect(report.calls.map(({ method }) => method)).toEqual(
    expect.arrayContaining(["Arena.join", "Login.enter", "Ranking.top"]),
  );
  for (const { method, answered } of report.calls) {
    expect({ method, answered }).toEqual({
      method,
      answered: (bots.game.calls.get(method) ?? 0) - (before.get(method) ?? 0),
    });
  }
  const steered = (bots.game.calls.get("Arena.steer") ?? 0) - (before.get("Arena.steer") ?? 0);
  expect(report.sent).toEqual([{ method: "Arena.steer", count: steered }]);
  expect(report.pushes.find(({ push }) => push === "Arena.moved")?.count).toBeGreaterThan(50);
  for (const { times } of [report.connects, ...report.calls]) {
    if (times === null) throw new Error("what was answered has times");
    const { p50, p90, p99, p999, max } = times;
    expect([p50, p90, p99, p999, max].toSorted((one, other) => one - other)).toEqual([
      p50,
      p90,
      p99,
      p999,
      max,
    ]);
    expect(p50).toBeGreaterThan(0);
  }
});

test("a rate says how many rounds begin", async () => {
  const end = endAfter(40);
  const report = await runForReport({ scenario: looking(end.count), bots: 5, rate: 40 }, end);
  expect(report.rounds.answered).toBeGreaterThanOrEqual(40);
  expect(report.rounds.answered + report.late).toBeLessThanOrEqual(Math.ceil(40 * report.seconds));
});

test("rounds that no bot was free for until the end are told", async () => {
  const end = new AbortController();
  const slow = defineScenario({
    client: Game,
    async round(_client, bot) {
      await bot.pause(300);
      end.abort();
    },
  });
  const { text } = await run({ scenario: slow, bots: 1, rate: 50 }, end);
  expect(text).toMatch(/\d+ rounds had not begun at the end, though it was time: no bot was free/);
});

test("at a rate the times of rounds count from when they should have begun", async () => {
  const end = endAfter(40);
  let isFirst = true;
  const stalling = defineScenario({
    client: Game,
    async round(_client, bot) {
      if (isFirst) await bot.pause(400);
      isFirst = false;
      end.count();
    },
  });
  const { rounds } = await runForReport({ scenario: stalling, bots: 1, rate: 100 }, end);
  // The rounds behind the slow one are quick, but all of the forty should have begun while it ran.
  expect(rounds.times?.max).toBeGreaterThanOrEqual(390);
  expect(rounds.times?.p50).toBeGreaterThan(150);
});

test("while bots come the rate grows with them", async () => {
  const end = new AbortController();
  const start = performance.now();
  const steady = looking(() => {
    if (performance.now() - start > 1_000) end.abort();
  });
  const { late, rounds, seconds } = await runForReport(
    { scenario: steady, bots: 10, rate: 100, ramp: 4 },
    end,
  );
  // Of 100 rounds in a second at the end of the ramp: a parabola.
  expect(rounds.answered + late).toBeLessThanOrEqual(Math.ceil((100 * seconds ** 2) / 8));
});

test("bots that were late themselves say so", async () => {
  const end = endAfter(5);
  const busy = defineScenario({
    client: Game,
    round() {
      const start = performance.now();
      while (performance.now() - start < 100);
      end.count();
    },
  });
  const { text } = await run({ scenario: busy, bots: 1 }, end);
  expect(text).toMatch(/The bots' own event loop was late by \d+ ms at p99 and by \d+ ms at most/);
});

test("a run ends by itself after its duration", async () => {
  const report = await runForReport(
    { scenario: looking(() => {}), bots: 1, duration: 1 },
    new AbortController(),
  );
  expect(report.seconds).toBeGreaterThanOrEqual(0.99);
});

describe("errors", () => {
  const refused = (end: { count(): void }) =>
    defineScenario({
      client: Game,
      async round(client) {
        try {
          await client.chat.join("lobby");
        } finally {
          end.count();
        }
      },
    });

  test("are counted by code, and end the command with 1", async () => {
    const end = endAfter(3);
    const report = await runForReport({ scenario: refused(end), bots: 2 }, end);
    expect(report.code).toBe(1);
    expect(report.failed).toBeGreaterThanOrEqual(3);
    expect(report.errors).toEqual([
      { what: "Chat.join", code: "unauthenticated", count: report.failed, example: expect.any(String) },
    ]);
  });

  test("may be allowed", async () => {
    const end = endAfter(3);
    const { code, text } = await run({ scenario: refused(end), bots: 2, maxErrors: 10 }, end);
    expect(code).toBe(0);
    expect(text).toMatch(/Chat\.join\s+unauthenticated\s+\d+/);
  });

  test("of the scenario itself are told apart from those of calls", async () => {
    const end = endAfter(2);
    const broken = defineScenario({
      client: Game,
      round() {
        end.count();
        throw new TypeError("the script is wet");
      },
    });
    const { errors } = await runForReport({ scenario: broken, bots: 1 }, end);
    expect(errors).toEqual([{ what: "scenario", code: "error", count: 2, example: "the script is wet" }]);
  });

  test("of connecting are counted, and tried again", async () => {
    const end = endAfter(3);
    const scenario = defineScenario({
      client: Game,
      connect() {
        end.count();
        // The demo's authenticate refuses a name that is too long.
        return { username: "x".repeat(50) };
      },
      round() {},
    });
    const { errors, connected } = await runForReport({ scenario, bots: 1 }, end);
    expect(connected).toBe(0);
    expect(errors).toMatchObject([{ what: "connect", code: "unauthenticated" }]);
    expect(errors[0]?.count).toBeGreaterThan(1);
  });

  test("that the IDL declares are answers", async () => {
    const end = endAfter(2);
    const scenario = defineScenario({
      client: Game,
      async begin(client) {
        await client.login.enter("Queen").catch(() => {});
        end.count();
      },
      round: (_client, bot) => bot.pause(10),
    });
    const report = await runForReport({ scenario, bots: 2 }, end);
    expect(report).toMatchObject({ code: 0, failed: 0 });
    expect(report.calls).toMatchObject([{ method: "Login.enter", answered: 2, declared: 1, errors: 0 }]);
  });
});

test("a signal ends a run with its report, also rounds that would never end", async () => {
  const end = endAfter(3);
  const endless = defineScenario({
    client: Game,
    async round(client, bot) {
      await client.ranking.top(1);
      end.count();
      for (;;) await bot.pause(5);
    },
  });
  const { code, text } = await run({ scenario: endless, bots: 3 }, end);
  expect(code).toBe(0);
  expect(text).toContain("3 bots at mqtt://");
});

test("bots of one number have the same chances in every run", async () => {
  const rolls: number[][] = [[], []];
  for (let i = 0; i < 2; i++) {
    const end = endAfter(2);
    const rolling = defineScenario({
      client: Game,
      begin(_client, bot) {
        rolls[bot.number]?.push(bot.random(), bot.random());
        end.count();
      },
      round: (_client, bot) => bot.pause(5_000),
    });
    await run({ scenario: rolling, bots: 2 }, end);
  }
  const [first = [], second = []] = rolls;
  expect(first).toHaveLength(4);
  expect(first.slice(0, 2)).toEqual(first.slice(2));
  expect(first).not.toEqual(second);
  expect([...first, ...second].every((roll) => roll >= 0 && roll < 1)).toBe(true);
});

test("the state of things is shown in place in a terminal", async () => {
  const end = new AbortController();
  const start = performance.now();
  const scenario = looking(() => {
    if (performance.now() - start > 1_500) end.abort();
  });
  const { progress } = await run({ scenario, bots: 2, rate: 100 }, end, true);
  const states = progress.split("\r\u001b[2K");
  expect(states.length).toBeGreaterThan(2);
  expect(states[1]).toMatch(
    /^\d+ of 3600 s {2}[012] of 2 bots {2}[\d,]+ calls\/s {2}\d+ pushes\/s {2}0 errors$/,
  );
  expect(states.at(-1)).toBe("");
});

test.each([[], ["--threads", "2"]])(
  "the command prints its report when it is interrupted %j",
  async (...flags) => {
    const args = [
      "bots",
      "demo/load.ts",
      "--url",
      bots.game.url,
      "--bots",
      "3",
      "--duration",
      "600",
      ...flags,
    ];
    const command = start(process.execPath, ["--import", "tsx", "runtime/command/main.ts", ...args]);
    await command.until((output) => /3 of 3 bots/.test(output));
    command.process.kill("SIGINT");
    expect(await command.ended).toBe(0);
    expect(command.stdout()).toMatch(/^3 bots at mqtt.*Login\.enter +3 /s);
  },
);

test("without a scenario the command says what is missing", async () => {
  const command = start(process.execPath, [
    "--import",
    "tsx",
    "runtime/command/main.ts",
    "bots",
    "nowhere.ts",
  ]);
  expect(await command.ended).toBe(2);
  expect(command.stderr()).toContain("There is no scenario nowhere.ts. Try antwire bots --help");
});
