import { describe, expect, test } from "vitest";
import { Meadow } from "../../demo/game/meadow.js";
import {
  antSpeed,
  antTurn,
  fieldHeight,
  fieldWidth,
  maxAnts,
  patience,
  ticksPerSecond,
} from "../../demo/game/rules.js";
import { World } from "../../demo/game/world.js";
import type { Ant, Frame } from "../../idl/arena.js";
import { seeded } from "./seeded.js";

function antOf(meadow: Meadow, userId: string): Ant {
  const ant = meadow.view(0).ants.find((candidate) => candidate.userId === userId);
  if (!ant) throw new Error(`no ant of ${userId}`);
  return ant;
}

function run(meadow: Meadow, ticks: number, each: (frame: Frame) => void = () => {}): void {
  for (let i = 0; i < ticks; i++) {
    const frame = meadow.tick();
    if (frame) each(frame);
  }
}

/** The smallest angle between two directions. */
function apart(a: number, b: number): number {
  return Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));
}

describe("an ant", () => {
  test("is put on the field once, with its name and colour", () => {
    const meadow = new Meadow(seeded(1));
    const id = meadow.place("u-1", "Ann");
    expect(meadow.place("u-1", "Ann")).toBe(id);
    const { self, ants, width, height } = meadow.view(id ?? -1);
    expect(self).toBe(id);
    expect(ants).toHaveLength(1);
    expect(ants[0]).toMatchObject({ id, userId: "u-1", name: "Ann", points: 0 });
    expect([width, height]).toEqual([fieldWidth, fieldHeight]);
  });

  test("is announced to those who are there already, and so is its new name", () => {
    const meadow = new Meadow(seeded(1));
    meadow.place("u-1", "Ann");
    expect(meadow.tick()?.came.map(({ name }) => name)).toEqual(["Ann"]);
    expect(meadow.tick()?.came).toEqual([]);
    meadow.place("u-1", "Anna");
    expect(meadow.tick()?.came.map(({ name }) => name)).toEqual(["Anna"]);
  });

  test("turns towards where it is steered, no faster than it can, and walks on there", () => {
    const meadow = new Meadow(seeded(2));
    meadow.place("u-1", "Ann");
    const start = antOf(meadow, "u-1");
    const target = start.heading + 3;
    meadow.steer("u-1", target);
    let before = start;
    run(meadow, ticksPerSecond, () => {
      const now = antOf(meadow, "u-1");
      expect(apart(now.heading, before.heading)).toBeLessThanOrEqual(antTurn / ticksPerSecond + 1e-9);
      expect(Math.hypot(now.x - before.x, now.y - before.y)).toBeLessThanOrEqual(
        antSpeed / ticksPerSecond + 2,
      );
      before = now;
    });
    expect(apart(before.heading, target)).toBeLessThan(1e-9);
  });

  test("takes the shorter way round", () => {
    const meadow = new Meadow(seeded(2));
    meadow.place("u-1", "Ann");
    meadow.steer("u-1", 3);
    run(meadow, 2 * ticksPerSecond);
    meadow.steer("u-1", -3);
    meadow.tick();
    expect(apart(antOf(meadow, "u-1").heading, Math.PI)).toBeLessThan(apart(3, Math.PI) + 1e-9);
  });

  test.each([1e30, -1e30, 700])("takes the direction %d for what it is", (heading) => {
    const meadow = new Meadow(seeded(2));
    meadow.place("u-1", "Ann");
    meadow.steer("u-1", heading);
    run(meadow, 2 * ticksPerSecond);
    const direction = Math.atan2(Math.sin(heading), Math.cos(heading));
    expect(apart(antOf(meadow, "u-1").heading, direction)).toBeLessThan(1e-9);
  });

  test.each([0, 0.8, Math.PI / 2, 2.4, Math.PI, -Math.PI / 2])(
    "stays on the field when it walks towards %d",
    (heading) => {
      const meadow = new Meadow(seeded(3));
      meadow.place("u-1", "Ann");
      for (let second = 0; second < 20; second++) {
        meadow.steer("u-1", heading);
        run(meadow, ticksPerSecond, (frame) => {
          for (const { x, y } of frame.moved) {
            expect(x).toBeGreaterThanOrEqual(0);
            expect(y).toBeGreaterThanOrEqual(0);
            expect(x).toBeLessThanOrEqual(fieldWidth);
            expect(y).toBeLessThanOrEqual(fieldHeight);
          }
        });
      }
    },
  );

  test("goes its own way when nobody steers it any more, and away from the edge", () => {
    const meadow = new Meadow(seeded(4));
    meadow.place("u-1", "Ann");
    for (let second = 0; second < 20; second++) {
      meadow.steer("u-1", 0);
      run(meadow, ticksPerSecond);
    }
    expect(antOf(meadow, "u-1").x).toBe(fieldWidth);
    run(meadow, (patience + 2) * ticksPerSecond);
    expect(antOf(meadow, "u-1").x).toBeLessThan(fieldWidth - antSpeed / 2);
  });

  test("leaves, is gone for everybody, and steering it does nothing", () => {
    const meadow = new Meadow(seeded(1));
    const id = meadow.place("u-1", "Ann");
    meadow.place("u-2", "Bea");
    meadow.tick();
    meadow.remove("u-1");
    meadow.remove("u-1");
    meadow.steer("u-1", 1);
    expect(meadow.tick()?.left).toEqual([id]);
    expect(meadow.view(0).ants.map(({ name }) => name)).toEqual(["Bea"]);
  });

  test("that came and left between two ticks is not announced", () => {
    const meadow = new Meadow(seeded(1));
    meadow.place("u-2", "Bea");
    meadow.tick();
    meadow.place("u-1", "Ann");
    meadow.remove("u-1");
    expect(meadow.tick()?.came).toEqual([]);
  });

  test("finds no place on a full field", () => {
    const meadow = new Meadow(seeded(1));
    for (let i = 0; i < maxAnts; i++) expect(meadow.place(`u-${i}`, `Ant ${i}`)).toBeDefined();
    expect(meadow.place("u-x", "Ann")).toBeUndefined();
    expect(meadow.place("u-7", "Ant 7")).toBeDefined();
    meadow.remove("u-7");
    expect(meadow.place("u-x", "Ann")).toBeDefined();
  });
});

describe("a frame", () => {
  test("is not made where nothing changes", () => {
    const meadow = new Meadow(seeded(1));
    expect(meadow.tick()).toBeUndefined();
    expect(meadow.view(0).tick).toBe(0);
  });

  test("counts on from the one before", () => {
    const meadow = new Meadow(seeded(1));
    meadow.place("u-1", "Ann");
    const ticks: number[] = [];
    run(meadow, 5, ({ tick }) => ticks.push(tick));
    expect(ticks).toEqual([1, 2, 3, 4, 5]);
    expect(meadow.view(0).tick).toBe(5);
  });

  test("keeps a client that joined at any time up to date", () => {
    const meadow = new Meadow(seeded(5));
    for (let i = 0; i < 12; i++) meadow.place(`u-${i}`, `Ant ${i}`);
    const frames: Frame[] = [];
    run(meadow, 40, (frame) => frames.push(frame));
    meadow.place("u-late", "Late");
    const self = meadow.place("u-me", "Me") ?? -1;
    const world = new World(meadow.view(self));
    const field = meadow.view(self);
    run(meadow, 400, (frame) => frames.push(frame));
    meadow.remove("u-3");
    meadow.place("u-4", "Renamed");
    run(meadow, 100, (frame) => frames.push(frame));
    expect(frames.flatMap(({ eaten }) => eaten).length).toBeGreaterThan(10);

    // The first forty were in the field already.
    for (const frame of frames) expect(world.apply(structuredClone(frame))).toBe(true);
    const now = meadow.view(self);
    const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;
    expect([...world.ants.values()].sort(byId)).toEqual(now.ants.sort(byId));
    expect([...world.sugar.values()].sort(byId)).toEqual(now.sugar.sort(byId));
    expect(world.self).toBe(field.self);
  });

  test("that follows a lost one is refused by the client", () => {
    const meadow = new Meadow(seeded(5));
    meadow.place("u-1", "Ann");
    const world = new World(meadow.view(1));
    meadow.tick();
    const frame = meadow.tick();
    expect(frame && world.apply(frame)).toBe(false);
  });
});

describe("eating", () => {
  /** Steers an ant to the sugar nearest to it until it has taken some. */
  function feed(meadow: Meadow, userId: string): Frame[] {
    const frames: Frame[] = [];
    for (let i = 0; i < 2_000 && frames.every(({ eaten }) => eaten.length === 0); i++) {
      const self = antOf(meadow, userId);
      const target = meadow
        .view(0)
        .sugar.map((grain) => ({ ...grain, distance: Math.hypot(grain.x - self.x, grain.y - self.y) }))
        .filter(({ distance }) => distance > 700)
        .sort((a, b) => a.distance - b.distance)[0];
      if (!target) throw new Error("no sugar");
      if (i % 20 === 0) meadow.steer(userId, Math.atan2(target.y - self.y, target.x - self.x));
      const frame = meadow.tick();
      if (frame) frames.push(frame);
    }
    return frames;
  }

  test("takes the grain off the field and gives its points to the ant", () => {
    const meadow = new Meadow(seeded(6));
    const id = meadow.place("u-1", "Ann") ?? -1;
    const worths = new Map(meadow.view(id).sugar.map((grain) => [grain.id, grain.worth]));
    const bite = feed(meadow, "u-1").at(-1)?.eaten[0];
    if (!bite) throw new Error("it ate nothing");
    expect(bite.ant).toBe(id);
    expect(bite.points).toBe(worths.get(bite.sugar));
    expect(antOf(meadow, "u-1").points).toBe(bite.points);
    expect(meadow.view(id).sugar.some((grain) => grain.id === bite.sugar)).toBe(false);
  });

  test("is reported once", () => {
    const meadow = new Meadow(seeded(6));
    meadow.place("u-1", "Ann");
    feed(meadow, "u-1");
    expect([...meadow.harvest()]).toEqual([["u-1", antOf(meadow, "u-1").points]]);
    expect(meadow.harvest().size).toBe(0);
  });

  test("lets sugar grow again, elsewhere and under another number", () => {
    const meadow = new Meadow(seeded(6));
    const amount = meadow.view(0).sugar.length;
    meadow.place("u-1", "Ann");
    const eaten = feed(meadow, "u-1").at(-1)?.eaten.length ?? 0;
    meadow.remove("u-1");
    expect(eaten).toBeGreaterThan(0);
    const known = new Set(meadow.view(0).sugar.map(({ id }) => id));
    run(meadow, 10 * ticksPerSecond, ({ grown }) => {
      for (const { id } of grown) expect(known.has(id)).toBe(false);
    });
    expect(meadow.view(0).sugar.length).toBe(amount);
    expect(new Set(meadow.view(0).sugar.map(({ id }) => id)).size).toBe(meadow.view(0).sugar.length);
  });
});

test("a new name is reported to the ranking, with no points", () => {
  const meadow = new Meadow(seeded(1));
  meadow.place("u-1", "Ann");
  expect(meadow.harvest().size).toBe(0);
  meadow.place("u-1", "Anna");
  expect([...meadow.harvest()]).toEqual([["u-1", 0]]);
});
