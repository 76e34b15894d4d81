import { seededRandom } from "./seeded-random.js";

/** Smooth random heights between 0 and 1, repeating every `period` cells in both directions. */
export function createNoise(seed: number, period: number): (x: number, y: number) => number {
  const random = seededRandom(seed);
  const corners = Float32Array.from({ length: period * period }, random);
  const corner = (column: number, row: number): number =>
    corners[(row % period) * period + (column % period)] ?? 0;
  return (x, y) => {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const right = ease(x - column);
    const down = ease(y - row);
    const top = mix(corner(column, row), corner(column + 1, row), right);
    const bottom = mix(corner(column, row + 1), corner(column + 1, row + 1), right);
    return mix(top, bottom, down);
  };
}

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
