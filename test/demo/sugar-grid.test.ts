import fc from "fast-check";
import { expect, test } from "vitest";
import { SugarGrid } from "../../demo/game/sugar-grid.js";
import type { Sugar } from "../../idl/arena.js";

const width = 3_000;
const height = 2_000;
const place = fc.record({ x: fc.integer({ min: 0, max: width }), y: fc.integer({ min: 0, max: height }) });

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

test("the grid finds the grain that a search through all grains finds", () => {
  fc.assert(
    fc.property(
      fc.array(place, { maxLength: 60 }),
      fc.array(fc.nat(59), { maxLength: 20 }),
      place,
      fc.integer({ min: 1, max: 900 }),
      (places, removals, { x, y }, reach) => {
        const grains: Sugar[] = places.map((at, id) => ({ id, worth: 1, ...at }));
        const grid = new SugarGrid(width, height);
        for (const grain of grains) grid.add(grain);
        const left = new Set(grains);
        for (const index of removals) {
          const grain = grains[index];
          if (!grain) continue;
          grid.remove(grain);
          left.delete(grain);
        }
        const nearest = Math.min(...[...left].map((grain) => distance(grain, { x, y })));
        const found = grid.nearest(x, y, reach);
        if (nearest > reach) expect(found).toBeUndefined();
        else expect(found && distance(found, { x, y })).toBe(nearest);
      },
    ),
  );
});
