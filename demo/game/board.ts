import type { Score } from "../../idl/ranking.js";
import { nameKey } from "./name.js";

interface Entry {
  name: string;
  points: number;
}

/** The longest ranking that anybody can ask for. */
const longest = 100;
const maxPoints = 2 ** 32 - 1;

/** Who gathered how much. Those who left stay on the board until better ones need the room. */
export class Board {
  readonly #capacity: number;
  readonly #entries = new Map<string, Entry>();
  #best: Entry[] | undefined;

  /** @param capacity how many users it remembers */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /**
   * Adds to what a user gathered.
   *
   * @param name the user's name as of now; undefined keeps the one that is known
   * @returns whether the board knows the user's name and could write it down
   */
  record(userId: string, name: string | undefined, points: number): boolean {
    const entry = this.#entries.get(userId);
    const known = name ?? entry?.name;
    if (known === undefined) return false;
    const total = Math.min(maxPoints, (entry?.points ?? 0) + points);
    this.#best = undefined;
    if (entry) {
      entry.name = known;
      entry.points = total;
    } else if (points > 0) {
      this.#entries.set(userId, { name: known, points: total });
      if (this.#entries.size > this.#capacity) this.#prune();
    }
    return true;
  }

  /** The best, best first. A name stands there once, with the most that anybody gathered under it. */
  top(count: number): Score[] {
    // Everybody asks every few seconds, and all see the same list.
    this.#best ??= this.#rank();
    return this.#best.slice(0, count).map(({ name, points }) => ({ name, points }));
  }

  #rank(): Entry[] {
    const best: Entry[] = [];
    const names = new Set<string>();
    for (const entry of [...this.#entries.values()].sort(byPoints)) {
      const key = nameKey(entry.name);
      if (names.has(key)) continue;
      names.add(key);
      best.push(entry);
      if (best.length === longest) break;
    }
    return best;
  }

  /** Drops a tenth at once, since each time costs a sort of all. */
  #prune(): void {
    const sorted = [...this.#entries].sort(([, a], [, b]) => byPoints(a, b));
    for (const [userId] of sorted.slice(Math.floor(this.#capacity * 0.9))) this.#entries.delete(userId);
  }
}

function byPoints(a: Entry, b: Entry): number {
  return b.points - a.points;
}
