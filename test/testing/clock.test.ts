import { expect, test } from "vitest";
import config from "../../antwire.config.js";
import { Game } from "../../generated/client.js";
import { defineArena, defineConfig } from "../../generated/server.js";
import { testApp, testModule } from "../../runtime/testing/index.js";

test("time stands still until it is moved", async () => {
  const now = new Date("2030-01-01T12:00:00Z");
  await using app = await testApp(config, { client: Game, now });
  expect(app.clock.now()).toBe(now.getTime());
  await app.clock.advance(90_500);
  expect(app.clock.now()).toBe(now.getTime() + 90_500);
});

test("modules go by it", async () => {
  const now = new Date("2030-01-01T12:00:00Z");
  await using app = await testApp(config, { client: Game, now });
  const ann = await app.client("Ann");
  await app.clock.advance(2_000);
  await ann.chat.say("lobby", "Hello");
  expect(await ann.chat.join("lobby")).toMatchObject([{ at: new Date("2030-01-01T12:00:02Z") }]);
});

/** An arena whose timers write down when they run. */
function timedArena(
  log: string[],
  add: (clock: Parameters<Parameters<typeof defineArena>[0]>[0]["clock"]) => void,
) {
  return defineConfig({
    modules: {
      arena: async () => ({
        default: defineArena(({ clock, onStop }) => {
          const start = clock.now();
          onStop(() => void log.push("stopped"));
          add(clock);
          log.push(`began at ${clock.now() - start}`);
          return { join: () => Promise.reject(new Error("closed")), steer() {} };
        }),
      }),
    },
  });
}

test("timers run in the order of their times, also those that timers set", async () => {
  const log: string[] = [];
  const own = timedArena(log, (clock) => {
    const start = clock.now();
    const note = (name: string) => () => void log.push(`${name} at ${clock.now() - start}`);
    clock.every(300, note("beat"));
    clock.after(700, async () => {
      note("first")();
      await Promise.resolve();
      clock.after(50, note("second"));
    });
    const never = clock.after(800, note("never"));
    clock.after(750, never);
  });
  await using app = await testApp(own);
  await app.clock.advance(899);
  expect(log).toEqual(["began at 0", "beat at 300", "beat at 600", "first at 700", "second at 750"]);
  await app.clock.advance(1);
  expect(log.at(-1)).toBe("beat at 900");
});

test("timers end before the module stops, and what one throws is logged", async () => {
  const log: string[] = [];
  const own = timedArena(log, (clock) => {
    clock.every(10, () => Promise.reject(new Error("out of sugar")));
  });
  const app = await testApp(own);
  await app.clock.advance(20);
  const faults = app.logs.filter(({ message }) => message === "A timed step failed");
  expect(faults).toHaveLength(2);
  expect(faults[0]).toMatchObject({
    level: "error",
    module: "Arena",
    fields: { err: { message: "out of sugar" } },
  });
  await app.stop();
  await app.clock.advance(1_000);
  expect(log.at(-1)).toBe("stopped");
  expect(app.logs.filter(({ message }) => message === "A timed step failed")).toHaveLength(2);
});

test("deadlines pass as time passes", async () => {
  await using app = await testModule(config, "ranking", {
    fakes: { login: { getName: () => new Promise<string>(() => {}) } },
  });
  let outcome: unknown;
  const call = app.rpc.ranking.record("u-1", 1, { timeout: 5_000 }).catch((error: unknown) => {
    outcome = error;
  });
  await app.clock.advance(4_990);
  expect(outcome).toBeUndefined();
  await app.clock.advance(10);
  await call;
  expect(outcome).toMatchObject({ code: "deadline-exceeded" });
});

test("a guest who is idle for too long is thrown out", async () => {
  await using app = await testApp(config, { client: Game });
  const guest = await app.client({ keepAlive: 3_600 });
  const states: string[] = [];
  guest.on("state", ({ state }) => void states.push(state));
  await app.clock.advance(299_000);
  expect(states).toEqual([]);
  await app.clock.advance(3_000);
  expect(states).toContain("waiting");
});

test("signs of life keep a client connected as time passes", async () => {
  await using app = await testApp(config, { client: Game });
  const ann = await app.client("Ann");
  await app.clock.advance(3_600_000);
  expect(ann.state).toBe("connected");
});

test("a client that is cut off comes back with time", async () => {
  await using app = await testApp(config, { client: Game });
  const ann = await app.client("Ann");
  app.cut(ann);
  await app.settled();
  expect(ann.state).toBe("waiting");
  const answer = ann.ranking.top(3);
  await app.clock.advance(1_000);
  expect(ann.state).toBe("connected");
  await expect(answer).resolves.toEqual([]);
});

test("time does not go backwards, nor twice at once", async () => {
  await using app = await testApp(config);
  await expect(app.clock.advance(-1)).rejects.toThrow("from 0 up");
  await expect(app.clock.advance(Number.NaN)).rejects.toThrow("from 0 up");
  const first = app.clock.advance(10);
  await expect(app.clock.advance(10)).rejects.toThrow("await the last call");
  await first;
});
