import type { Sugar } from "../../idl/arena.js";

/** An ant looks for sugar 20 times a second: squares of this size keep what it has to look at few. */
const squareSize = 500;

/** Finds grains by where they lie. */
export class SugarGrid {
  readonly #columns: number;
  readonly #rows: number;
  readonly #squares: Sugar[][];

  constructor(width: number, height: number) {
    this.#columns = Math.ceil(width / squareSize) + 1;
    this.#rows = Math.ceil(height / squareSize) + 1;
    this.#squares = Array.from({ length: this.#columns * this.#rows }, () => []);
  }

  add(grain: Sugar): void {
    this.#squareOf(grain).push(grain);
  }

  remove(grain: Sugar): void {
    const square = this.#squareOf(grain);
    const index = square.indexOf(grain);
    if (index >= 0) square.splice(index, 1);
  }

  /** The grain nearest to a point, if one lies within `reach` of it. */
  nearest(x: number, y: number, reach: number): Sugar | undefined {
    let best: Sugar | undefined;
    let bestDistance = reach * reach;
    const lastRow = Math.min(this.#rows - 1, Math.floor((y + reach) / squareSize));
    const lastColumn = Math.min(this.#columns - 1, Math.floor((x + reach) / squareSize));
    const firstColumn = Math.max(0, Math.floor((x - reach) / squareSize));
    for (let row = Math.max(0, Math.floor((y - reach) / squareSize)); row <= lastRow; row++) {
      for (let column = firstColumn; column <= lastColumn; column++) {
        for (const grain of this.#squares[row * this.#columns + column] ?? []) {
          const distance = (grain.x - x) ** 2 + (grain.y - y) ** 2;
          if (distance > bestDistance) continue;
          best = grain;
          bestDistance = distance;
        }
      }
    }
    return best;
  }

  #squareOf(grain: Sugar): Sugar[] {
    const index = Math.floor(grain.y / squareSize) * this.#columns + Math.floor(grain.x / squareSize);
    const square = this.#squares[index];
    if (!square) throw new RangeError(`no square at ${grain.x}, ${grain.y}`);
    return square;
  }
}
