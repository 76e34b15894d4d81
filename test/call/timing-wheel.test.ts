import fc from "fast-check";
import { expect, test } from "vitest";
import { TimingWheel, type WheelEntry, wheelTick } from "../../runtime/call/timing-wheel.js";
import { systemClock } from "../../runtime/clock/clock.js";
import { ManualClock } from "./manual-clock.js";

class Entry implements WheelEntry {
  previous: WheelEntry | undefined = undefined;
  next: WheelEntry | undefined = undefined;
  expiresAt = 0;
  readonly timeout: number;
  readonly added: number;
  readonly expirations: number[] = [];
  removedAt: number | undefined = undefined;
  readonly #clock: ManualClock;

  constructor(clock: ManualClock, timeout: number) {
    this.#clock = clock;
    this.timeout = timeout;
    this.added = clock.now();
  }

  expire(): void {
    this.expirations.push(this.#clock.now());
  }
}

type Action =
  | { readonly kind: "add"; readonly timeout: number }
  | { readonly kind: "remove"; readonly which: number }
  | { readonly kind: "look"; readonly which: number }
  | { readonly kind: "pass"; readonly time: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant("add" as const),
    timeout: fc.oneof(fc.integer({ min: 1, max: 60_000 }), fc.double({ min: 0.1, max: 300, noNaN: true })),
  }),
  fc.record({ kind: fc.constant("remove" as const), which: fc.nat() }),
  fc.record({ kind: fc.constant("look" as const), which: fc.nat() }),
  fc.record({ kind: fc.constant("pass" as const), time: fc.integer({ min: 0, max: 25_000 }) }),
);

test("every entry expires once, never early and at most three ticks late, unless it was removed", () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const clock = new ManualClock();
      const wheel = new TimingWheel(clock);
      const entries: Entry[] = [];
      for (const step of actions) {
        if (step.kind === "add") {
          const entry = new Entry(clock, step.timeout);
          entries.push(entry);
          wheel.add(entry);
        } else if (step.kind === "pass") {
          clock.pass(step.time);
        } else {
          const entry = entries[step.which % Math.max(1, entries.length)];
          if (entry === undefined) continue;
          if (step.kind === "look") wheel.left(entry);
          else {
            wheel.remove(entry);
            entry.removedAt ??= clock.now();
          }
        }
      }
      clock.pass(60_000 + 3 * wheelTick);
      for (const { added, timeout, expirations, removedAt } of entries) {
        const [expired] = expirations;
        expect(expirations.length).toBeLessThanOrEqual(1);
        if (expired === undefined) {
          expect(removedAt).toBeLessThanOrEqual(added + timeout + 3 * wheelTick);
        } else {
          expect(expired).toBeGreaterThanOrEqual(added + timeout);
          expect(expired).toBeLessThanOrEqual(added + timeout + 3 * wheelTick);
          if (removedAt !== undefined) expect(removedAt).toBeGreaterThanOrEqual(expired);
        }
      }
      expect(clock.isTicking).toBe(false);
    }),
  );
});

test("nothing expires early and nothing is lost, however the event loop is blocked", () => {
  const steps = fc.array(
    fc.record({ timeout: fc.integer({ min: 1, max: 5_000 }), block: fc.integer({ min: 0, max: 40_000 }) }),
    { minLength: 1, maxLength: 30 },
  );
  fc.assert(
    fc.property(steps, (plan) => {
      const clock = new ManualClock();
      const wheel = new TimingWheel(clock);
      const entries = plan.map(({ timeout, block }) => {
        const entry = new Entry(clock, timeout);
        wheel.add(entry);
        clock.block(block);
        return entry;
      });
      clock.pass(5_000 + 3 * wheelTick);
      for (const { added, timeout, expirations } of entries) {
        expect(expirations).toHaveLength(1);
        expect(expirations[0]).toBeGreaterThanOrEqual(added + timeout);
      }
    }),
  );
});

test("an entry that was added right before a block still has its whole time after it", () => {
  const clock = new ManualClock();
  const wheel = new TimingWheel(clock);
  const entry = new Entry(clock, 100);
  wheel.add(entry);
  clock.block(5_000);
  expect(entry.expirations).toEqual([]);
  clock.pass(100 + 3 * wheelTick);
  expect(entry.expirations).toHaveLength(1);
});

test("an entry that is added after an idle time has its whole time", () => {
  const clock = new ManualClock();
  const wheel = new TimingWheel(clock);
  const first = new Entry(clock, 50);
  wheel.add(first);
  clock.pass(1_000);
  clock.pass(1_000_000);
  const second = new Entry(clock, 50);
  wheel.add(second);
  clock.pass(40);
  expect(second.expirations).toEqual([]);
  clock.pass(30);
  expect(second.expirations).toHaveLength(1);
});

test("entries that come and go within a tick share one interval, which ends when none is left", () => {
  const clock = new ManualClock();
  const wheel = new TimingWheel(clock);
  for (let i = 0; i < 1_000; i++) {
    const entry = new Entry(clock, 10_000);
    wheel.add(entry);
    wheel.remove(entry);
  }
  expect(clock.starts).toBe(1);
  clock.pass(wheelTick);
  expect(clock.isTicking).toBe(false);
});

test("an entry that expires may remove others and add new ones", () => {
  const clock = new ManualClock();
  const wheel = new TimingWheel(clock);
  const others = [new Entry(clock, 50), new Entry(clock, 50), new Entry(clock, 500)];
  const late = new Entry(clock, 50);
  const first = new Entry(clock, 20);
  first.expire = () => {
    for (const other of others) wheel.remove(other);
    wheel.add(late);
  };
  for (const entry of [...others, first]) wheel.add(entry);
  clock.pass(1_000);
  expect(others.flatMap((other) => other.expirations)).toEqual([]);
  expect(late.expirations).toHaveLength(1);
});

test("clearing takes every entry out, wherever it stands", () => {
  const clock = new ManualClock();
  const wheel = new TimingWheel(clock);
  const entries = [5, 50, 5_000, 500_000].map((timeout) => new Entry(clock, timeout));
  for (const entry of entries.slice(1)) wheel.add(entry);
  clock.pass(wheelTick);
  for (const entry of entries.slice(0, 1)) wheel.add(entry);
  const cleared: WheelEntry[] = [];
  wheel.clear((entry) => cleared.push(entry));
  expect(new Set(cleared)).toEqual(new Set(entries));
  clock.pass(1_000);
  expect(entries.flatMap((entry) => entry.expirations)).toEqual([]);
});

test("the clock of the process lets entries expire", async () => {
  const wheel = new TimingWheel(systemClock);
  const began = performance.now();
  await new Promise<void>((resolve) => {
    wheel.add({ previous: undefined, next: undefined, expiresAt: 0, timeout: 30, expire: resolve });
    // The wheel keeps no process alive, so this has to.
    setTimeout(() => {}, 5_000).unref();
  });
  expect(performance.now() - began).toBeGreaterThanOrEqual(29);
});

test("who looks at once finds exactly the time that was given", () => {
  const clock = new ManualClock();
  for (const past of [0.1, 0.7, 123.456]) {
    clock.pass(past);
    const wheel = new TimingWheel(clock);
    for (const timeout of [0.3, 2_000, 9e12]) expect(wheel.left(new Entry(clock, timeout))).toBe(timeout);
  }
});
