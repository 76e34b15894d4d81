/**
 * A piece of a pattern, by the characters that a match of it can begin and end with. Each place in the
 * pattern that takes a character is a state; `steps` says which may follow which. Where there are two ways
 * through the pattern to the same, the count is 2: two ways are all that it takes to be slow.
 */
export interface Part {
  /** Ways to match nothing, by what they ask for: `startOnly + endOnly`. */
  readonly empty: readonly number[];
  /** Ways to the states that it can begin with, by whether that takes the start of the text (`startOnly`). */
  readonly first: readonly Ways[];
  /** Ways from the states that it can end with, by whether that takes the end of the text (0, or 1 for `endOnly`). */
  readonly last: readonly Ways[];
}

/** How many ways there are to each state: 1, or 2 for more. */
export type Ways = ReadonlyMap<number, number>;

export const startOnly = 1;
export const endOnly = 2;

const none: Ways = new Map();

/** Nothing, under a condition: `startOnly`, `endOnly`, or 0 for none. */
export function nothing(condition = 0): Part {
  return {
    empty: [0, 1, 2, 3].map((at) => (at === condition ? 1 : 0)),
    first: [none, none],
    last: [none, none],
  };
}

/** One character. */
export function character(state: number): Part {
  const only: Ways = new Map([[state, 1]]);
  return { empty: [0, 0, 0, 0], first: [only, none], last: [only, none] };
}

/** Ways in that lead nowhere: what a lookahead tries before the match goes on. */
export function attempt({ first }: Part): Part {
  return { empty: [1, 0, 0, 0], first, last: [none, none] };
}

/** Either of two. */
export function either(a: Part, b: Part): Part {
  return {
    empty: a.empty.map((ways, at) => cap(ways + (b.empty[at] ?? 0))),
    first: a.first.map((ways, at) => sum(ways, b.first[at])),
    last: a.last.map((ways, at) => sum(ways, b.last[at])),
  };
}

/** One after the other. */
export function sequence(a: Part, b: Part, steps: Steps): Part {
  join(a, b, steps);
  const empty = [0, 0, 0, 0];
  const first: [Ways, Ways] = [a.first[0] ?? none, a.first[1] ?? none];
  const last: [Ways, Ways] = [b.last[0] ?? none, b.last[1] ?? none];
  for (const [condition, ways] of a.empty.entries()) {
    if (ways === 0) continue;
    for (const [other, more] of b.empty.entries()) {
      empty[condition | other] = cap((empty[condition | other] ?? 0) + ways * more);
    }
    if (condition & endOnly) continue; // Nothing follows the end.
    first[0] = condition & startOnly ? first[0] : sum(first[0], b.first[0], ways);
    first[1] = sum(first[1], b.first[1], ways);
    if (condition & startOnly) first[1] = sum(first[1], b.first[0], ways);
  }
  for (const [condition, ways] of b.empty.entries()) {
    if (ways === 0 || condition & startOnly) continue; // Nothing stands before the start.
    last[1] = sum(last[1], a.last[1], ways);
    if (condition & endOnly) last[1] = sum(last[1], a.last[0], ways);
    else last[0] = sum(last[0], a.last[0], ways);
  }
  return { empty, first, last };
}

/** Any number of times. JavaScript takes no round that matches nothing. */
export function repeat(part: Part, steps: Steps, ways = 1): Part {
  for (let way = 0; way < ways; way++) join(part, part, steps);
  return optional(part);
}

/** Once or not at all. */
export function optional({ first, last }: Part): Part {
  return { empty: [1, 0, 0, 0], first, last };
}

/** For each state those that may follow it. */
export type Steps = Map<number, Map<number, number>>;

function join(before: Part, after: Part, steps: Steps): void {
  for (const [from, ways] of before.last[0] ?? none) {
    const known = steps.get(from) ?? new Map<number, number>();
    steps.set(from, known);
    for (const [to, more] of after.first[0] ?? none) known.set(to, cap((known.get(to) ?? 0) + ways * more));
  }
}

function sum(a: Ways, b: Ways = none, times = 1): Ways {
  if (b.size === 0) return a;
  const both = new Map(a);
  for (const [state, ways] of b) both.set(state, cap((both.get(state) ?? 0) + ways * times));
  return both;
}

function cap(ways: number): number {
  return Math.min(ways, 2);
}
