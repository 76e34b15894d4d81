import { expect, test } from "vitest";
import { Refusals } from "../../runtime/gateway/refusals.js";

function createRefusals() {
  const logged: unknown[][] = [];
  const clock = { seconds: 0 };
  const log =
    (level: string) =>
    (...what: unknown[]) =>
      logged.push([level, ...what]);
  const refusals = new Refusals(
    { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") },
    clock,
  );
  return { clock, logged, refusals };
}

test("an offender is logged when it begins, and with a count when it has been quiet for a minute", () => {
  const { clock, logged, refusals } = createRefusals();
  for (let i = 0; i < 5; i++) {
    refusals.note("origin", "192.0.2.7", { origin: "https://evil.example" });
    clock.seconds += 30;
    refusals.sweep();
  }
  expect(logged).toEqual([
    [
      "warn",
      { reason: "origin", address: "192.0.2.7", origin: "https://evil.example" },
      "A page of another origin tried to connect",
    ],
  ]);
  clock.seconds += 30;
  refusals.sweep();
  expect(logged.slice(1)).toEqual([
    [
      "info",
      { reason: "origin", address: "192.0.2.7", times: 5 },
      "It has stopped: A page of another origin tried to connect",
    ],
  ]);
  refusals.note("origin", "192.0.2.7");
  expect(logged).toHaveLength(3);
  expect(refusals.counts.origin).toBe(6);
});

test("another limit and another address are another offence, and another host of one network is not", () => {
  const { logged, refusals } = createRefusals();
  refusals.note("origin", "2001:db8::1");
  refusals.note("origin", "2001:db8::2");
  expect(logged).toHaveLength(1);
  refusals.note("topic", "2001:db8::1");
  refusals.note("origin", "2001:db9::1");
  expect(logged).toHaveLength(3);
});

test("so many offenders are remembered: those beyond are counted and not logged, until others have stopped", () => {
  const { clock, logged, refusals } = createRefusals();
  for (let i = 0; i < 5_000; i++) refusals.note("malformed", `10.0.${i >> 8}.${i & 255}`);
  expect(logged).toHaveLength(1_001);
  expect(logged.at(-1)?.[1]).toMatch(/^More than 1000 offenders/);
  expect(refusals.counts.malformed).toBe(5_000);
  clock.seconds = 60;
  refusals.sweep();
  expect(logged).toHaveLength(1_001);
  refusals.note("malformed", "192.0.2.7");
  expect(logged).toHaveLength(1_002);
});
