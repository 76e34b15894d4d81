import type { Automaton } from "./automaton.js";
import { findCycles } from "./find-cycles.js";

/** A text that can be repeated, as kinds of characters, and the state from which it is read. */
export interface Pump {
  readonly from: number;
  readonly word: readonly number[];
}

/** How many steps an analysis may still take. */
export interface Budget {
  left: number;
}

/** A text that leads from a state back to it in two ways: each repetition doubles the ways of a match. */
export function findDoubled(automaton: Automaton, budget: Budget): Pump | undefined {
  for (const cycle of findCycles(automaton.states)) {
    // Where one state of a cycle has two ways, all have: one can go there and come back.
    const [from = 0] = cycle;
    const inside = new Set(cycle);
    const pump = searchPump(automaton, budget, {
      from,
      start: [from, from, 0],
      // The third says whether the two have parted.
      isGoal: ([a = 0, b = 0, parted = 0]) => a === from && b === from && parted === 1,
      next: ([a = 0, b = 0, parted = 0], letter) =>
        followers(automaton, a, letter, inside).flatMap(([nextA, ways]) =>
          followers(automaton, b, letter, inside).map(([nextB]) => {
            const doubled = a === b && nextA === nextB && ways > 1;
            return [nextA, nextB, parted === 1 || nextA !== nextB || doubled ? 1 : 0];
          }),
        ),
    });
    if (pump) return pump;
  }
  return undefined;
}

/** A text that both stays where it is and moves on to where it stays too: each repetition adds a way. */
export function findSpread(automaton: Automaton, budget: Budget): Pump | undefined {
  const cycles = findCycles(automaton.states).map((cycle) => new Set(cycle));
  for (const early of cycles) {
    for (const late of cycles) {
      if (early === late) continue;
      for (const from of early) {
        for (const to of late) {
          const pump = searchPump(automaton, budget, {
            from,
            start: [from, from, to],
            isGoal: ([a, b, c]) => a === from && b === to && c === to,
            next: ([a = 0, b = 0, c = 0], letter) =>
              followers(automaton, a, letter, early).flatMap(([nextA]) =>
                followers(automaton, b, letter).flatMap(([nextB]) =>
                  followers(automaton, c, letter, late).map(([nextC]) => [nextA, nextB, nextC]),
                ),
              ),
          });
          if (pump) return pump;
        }
      }
    }
  }
  return undefined;
}

interface Search {
  /** The state in which the text begins and ends. */
  readonly from: number;
  readonly start: readonly number[];
  isGoal(place: readonly number[]): boolean;
  next(place: readonly number[], letter: number): number[][];
}

/** A place that a search came to, and how. */
interface Found {
  readonly place: readonly number[];
  readonly letter: number;
  readonly before: Found | undefined;
}

/** A text that leads to the goal and leaves room to fail: of one kind of character where there is such a text. */
function searchPump(automaton: Automaton, budget: Budget, search: Search): Pump | undefined {
  const letters = [...automaton.samples.keys()];
  for (const only of [...letters.map((letter) => [letter]), letters]) {
    const pump = searchWith(only, automaton, budget, search);
    if (pump) return pump;
  }
  return undefined;
}

/** Breadth first. */
function searchWith(
  letters: readonly number[],
  automaton: Automaton,
  budget: Budget,
  search: Search,
): Pump | undefined {
  const seen = new Set<string>();
  const open: Found[] = [{ place: search.start, letter: 0, before: undefined }];
  for (const found of open) {
    for (const letter of letters) {
      for (const place of search.next(found.place, letter)) {
        if (budget.left-- <= 0) return undefined;
        const next = { place, letter, before: found };
        if (search.isGoal(place)) {
          const word = wordTo(next);
          if (canFail(automaton, search.from, word)) return { from: search.from, word };
          continue;
        }
        const key = place.join();
        if (seen.has(key)) continue;
        seen.add(key);
        open.push(next);
      }
    }
  }
  return undefined;
}

function wordTo(found: Found): number[] {
  const word: number[] = [];
  for (let at = found; at.before; at = at.before) word.unshift(at.letter);
  return word;
}

/** The states that a character leads to, with the number of ways. */
function followers(
  { states }: Automaton,
  from: number,
  letter: number,
  within?: ReadonlySet<number>,
): [state: number, ways: number][] {
  return [...(states[from]?.steps ?? [])].filter(
    ([to]) => states[to]?.kinds.has(letter) && (within?.has(to) ?? true),
  );
}

// Beyond this many sets of states it is as good as certain.
const maxSets = 1000;

/** Whether something after the repeated text makes all ways of matching fail. */
function canFail(automaton: Automaton, from: number, word: readonly number[]): boolean {
  if (automaton.conditional) return true;
  const step = (places: ReadonlySet<number>, letter: number) =>
    new Set(
      [...places].flatMap((place) =>
        automaton.states[place]?.accepts === "always"
          ? [place]
          : followers(automaton, place, letter).map(([to]) => to),
      ),
    );
  const reached = new Set([from]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    let places: ReadonlySet<number> = new Set(reached);
    for (const letter of word) places = step(places, letter);
    for (const place of places) reached.add(place);
  }
  // A match that begins later is tried after all others.
  if (automaton.before !== undefined) reached.delete(automaton.before);
  const seen = new Set<string>();
  const open: ReadonlySet<number>[] = [reached];
  for (let places = open.pop(); places; places = open.pop()) {
    const key = [...places].sort((a, b) => a - b).join();
    if (seen.has(key)) continue;
    seen.add(key);
    const accepts = [...places].map((place) => automaton.states[place]?.accepts);
    if (accepts.includes("always")) continue;
    if (!accepts.includes("at-end") || seen.size > maxSets) return true;
    for (const letter of automaton.samples.keys()) open.push(step(places, letter));
  }
  return false;
}
