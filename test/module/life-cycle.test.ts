import { expect, test } from "vitest";
import { Callees } from "../../runtime/call/callees.js";
import type { HostedModule } from "../../runtime/module/host.js";
import { LifeCycle } from "../../runtime/module/life-cycle.js";
import { deferred, session, settle } from "../call/stage.js";
import { define, handlers, Journal } from "./definitions.js";

function cycle(modules: readonly HostedModule[], callees = new Callees()): LifeCycle {
  return new LifeCycle({ modules, callees, stepLimit: 50 });
}

test("all modules are set up, then start in order, and stop in reverse", async () => {
  const journal = new Journal();
  const life = cycle([journal.living("A"), journal.living("B")]);
  await life.start();
  expect(await life.stop()).toEqual([]);
  expect(journal.lines).toEqual(["A is set up", "B is set up", "A starts", "B starts", "B stops", "A stops"]);
  expect(await life.stop()).toEqual([]);
  expect(journal.lines).toHaveLength(6);
});

test("a module takes calls from the end of its start to the beginning of its stop", async () => {
  const journal = new Journal();
  const callees = new Callees();
  const states: string[] = [];
  const look = (when: string, name: string) => {
    const method = byName.get(name);
    if (method === undefined) throw new Error(`no module ${name}`);
    try {
      callees.find(method);
      states.push(`${when}: ${name} is open`);
    } catch {
      states.push(`${when}: ${name} is closed`);
    }
  };
  const definitions = ["A", "B"].map((name) =>
    define(name, ({ onStart, onStop }) => {
      for (const other of ["A", "B"]) {
        onStart(() => look(`${name} starts`, other));
        onStop(() => look(`${name} stops`, other));
      }
      return handlers;
    }),
  );
  const byName = new Map(definitions.map(({ contract }) => [contract.name, contract.methods.look]));
  const life = cycle(
    definitions.map((definition) => journal.host(definition)),
    callees,
  );
  await life.start();
  await life.stop();
  expect(states).toEqual([
    "A starts: A is closed",
    "A starts: B is closed",
    "B starts: A is open",
    "B starts: B is closed",
    "B stops: B is closed",
    "B stops: A is open",
    "A stops: B is closed",
    "A stops: A is closed",
  ]);
});

test.each([
  [
    { start: true },
    ["A is set up", "B is set up", "C is set up", "A starts", "B starts", "C stops", "B stops", "A stops"],
  ],
  [{ setUp: true }, ["A is set up", "B is set up", "B stops", "A stops"]],
])(
  "when B breaks with %o, everything that was begun is stopped and the start rejects",
  async (breaks, lines) => {
    const journal = new Journal();
    const callees = new Callees();
    const life = cycle([journal.living("A"), journal.living("B", breaks), journal.living("C")], callees);
    await expect(life.start()).rejects.toMatchObject({
      message: "The module B did not start",
      cause: { message: "B breaks" },
    });
    expect(journal.lines).toEqual(lines);
  },
);

test("what goes wrong while a failed start is undone is logged", async () => {
  const journal = new Journal();
  const life = cycle([journal.living("A", { stop: true }), journal.living("B", { start: true })]);
  await expect(life.start()).rejects.toThrow("The module B did not start");
  expect(journal.lines.at(-1)).toBe("error: The module A did not stop cleanly: A breaks");
});

test("a stop goes on where a module breaks or hangs, and tells of each", async () => {
  const journal = new Journal();
  const hanging = journal.host(
    define("Hanging", ({ onStop }) => {
      onStop(() => new Promise(() => {}));
      return handlers;
    }),
  );
  const life = cycle([journal.living("A"), hanging, journal.living("B", { stop: true })]);
  await life.start();
  const errors = await life.stop();
  expect(
    errors.map(({ message, cause }) => `${message}: ${cause instanceof Error && cause.message}`),
  ).toEqual([
    "The module B did not stop cleanly: B breaks",
    "The module Hanging did not stop cleanly: A step took longer than 50 ms",
  ]);
  expect(journal.lines.at(-1)).toBe("A stops");
});

test("every module hears of the end of a session, also when one before it breaks", async () => {
  const journal = new Journal();
  const saving = deferred<void>();
  const heard: string[] = [];
  const modules = ["A", "B"].map((name) =>
    journal.host(
      define(name, ({ onSessionEnd }) => {
        onSessionEnd(async ({ id }) => {
          heard.push(`${name} ${id}`);
          if (name === "A") throw new Error("A breaks");
          await saving.promise;
        });
        return handlers;
      }),
    ),
  );
  const life = cycle(modules);
  await life.start();
  life.sessionEnded(session("u1"));
  await settle();
  expect(heard).toEqual(["A s1", "B s1"]);
  expect(journal.lines).toEqual(["error: A failed at the end of a session: A breaks"]);

  let isDone = false;
  const ended = life.sessionsEnded().then(() => {
    isDone = true;
  });
  await settle();
  expect(isDone).toBe(false);
  saving.resolve();
  await ended;
});
