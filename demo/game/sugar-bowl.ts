import type { Sugar } from "../../idl/arena.js";
import { sugarWanted } from "./rules.js";
import { SugarGrid } from "./sugar-grid.js";

/** Sugar lies in heaps, so that there is something to find and to fight over. */
const heapCount = 7;
const heapRadius = 1_500;
/** After so many grains a heap starts again elsewhere. */
const heapGrains = 22;
/** Every so many grains one falls outside all heaps. */
const strayEvery = 4;
/** No grain lies closer to the edge than this. */
const margin = 450;
const maxId = 2 ** 32;

interface Heap {
  x: number;
  y: number;
  left: number;
}

/** How the bowl is made. */
export interface SugarBowlOptions {
  readonly width: number;
  readonly height: number;
  /** Numbers from 0 to below 1. */
  random(): number;
}

/** All sugar on the field. It grows again, in heaps that wander over the field. */
export class SugarBowl {
  readonly grains = new Map<number, Sugar>();
  readonly #options: SugarBowlOptions;
  readonly #grid: SugarGrid;
  readonly #heaps: Heap[];
  #nextId = 1;

  constructor(options: SugarBowlOptions) {
    this.#options = options;
    this.#grid = new SugarGrid(options.width, options.height);
    this.#heaps = Array.from({ length: heapCount }, () => this.#startHeap());
  }

  /** Lets one grain grow, if there is room for more. */
  grow(): Sugar | undefined {
    if (this.grains.size >= sugarWanted) return undefined;
    const [x, y] = this.#nextId % strayEvery === 0 ? this.#anywhere(margin) : this.#onHeap();
    const grain: Sugar = { id: this.#nextId, x, y, worth: this.#worth() };
    this.#nextId = (this.#nextId + 1) % maxId;
    this.grains.set(grain.id, grain);
    this.#grid.add(grain);
    return grain;
  }

  /** Takes the grain nearest to a point, if one lies within reach. */
  take(x: number, y: number, reach: number): Sugar | undefined {
    const grain = this.#grid.nearest(x, y, reach);
    if (!grain) return undefined;
    this.#grid.remove(grain);
    this.grains.delete(grain.id);
    return grain;
  }

  #onHeap(): [x: number, y: number] {
    const { random } = this.#options;
    const index = Math.floor(random() * heapCount);
    let heap = this.#heaps[index];
    if (!heap || heap.left === 0) {
      heap = this.#startHeap();
      this.#heaps[index] = heap;
    }
    heap.left--;
    // Most of a heap lies near its middle.
    const distance = heapRadius * random() ** 0.7;
    const angle = random() * 2 * Math.PI;
    return [Math.round(heap.x + distance * Math.cos(angle)), Math.round(heap.y + distance * Math.sin(angle))];
  }

  /** A place at least so far from the edge. */
  #anywhere(distance: number): [x: number, y: number] {
    const { random, width, height } = this.#options;
    return [
      Math.round(distance + random() * (width - 2 * distance)),
      Math.round(distance + random() * (height - 2 * distance)),
    ];
  }

  #startHeap(): Heap {
    const [x, y] = this.#anywhere(margin + heapRadius);
    return { x, y, left: heapGrains };
  }

  #worth(): number {
    const chance = this.#options.random();
    if (chance < 0.04) return 10;
    return chance < 0.2 ? 3 : 1;
  }
}
