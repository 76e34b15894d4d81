import { describe, expect, test } from "vitest";
import { type Temperament, temperaments } from "../../demo/bots/temperament.js";
import { Meadow } from "../../demo/game/meadow.js";
import { fieldHeight, fieldWidth, ticksPerSecond } from "../../demo/game/rules.js";
import { World } from "../../demo/game/world.js";
import { seeded } from "./seeded.js";

/** Lets an ant of some character live for a while, among others who go their own way. */
function live(createTemperament: (random: () => number) => Temperament, seconds: number): World {
  const meadow = new Meadow(seeded(9));
  for (let i = 0; i < 4; i++) meadow.place(`other-${i}`, `Other ${i}`);
  const world = new World(meadow.view(meadow.place("me", "Me") ?? -1));
  const think = createTemperament(seeded(8));
  for (let i = 0; i < seconds * ticksPerSecond; i++) {
    const frame = meadow.tick();
    if (frame) world.apply(frame);
    const self = world.ants.get(world.self);
    if (self && i % 6 === 0) meadow.steer("me", think(self, world));
  }
  return world;
}

describe.each(Object.entries(temperaments))("a %s", (_name, createTemperament) => {
  test("finds sugar again and again", () => {
    const world = live(createTemperament, 90);
    expect(world.ants.get(world.self)?.points).toBeGreaterThan(10);
  });

  test("has a direction for every place on the field", () => {
    const world = live(createTemperament, 1);
    const think = createTemperament(seeded(3));
    const self = world.ants.get(world.self);
    if (!self) throw new Error("no ant");
    for (let x = 0; x <= fieldWidth; x += 500) {
      for (let y = 0; y <= fieldHeight; y += 500) {
        expect(Number.isFinite(think({ ...self, x, y }, world))).toBe(true);
      }
    }
  });

  test("knows what to do where there is nothing and nobody else", () => {
    const world = live(createTemperament, 1);
    const self = world.ants.get(world.self);
    if (!self) throw new Error("no ant");
    world.sugar.clear();
    for (const id of [...world.ants.keys()]) if (id !== self.id) world.ants.delete(id);
    const think = createTemperament(seeded(3));
    for (let i = 0; i < 200; i++) expect(Number.isFinite(think(self, world))).toBe(true);
  });
});
