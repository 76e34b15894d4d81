import type { State } from "./automaton.js";

/** The sets of states that lead to each other (strongly connected components), without those that never come back. */
export function findCycles(states: readonly State[]): number[][] {
  const order: number[] = [];
  const seen = new Set<number>();
  for (const state of states.keys()) visit(state, (from) => states[from]?.steps.keys() ?? [], seen, order);
  const before = new Map<number, number[]>();
  for (const [from, { steps }] of states.entries()) {
    for (const to of steps.keys()) before.set(to, [...(before.get(to) ?? []), from]);
  }
  const cycles: number[][] = [];
  const taken = new Set<number>();
  for (const state of order.reverse()) {
    if (taken.has(state)) continue;
    const component: number[] = [];
    visit(state, (to) => before.get(to) ?? [], taken, component);
    if (component.length > 1 || states[state]?.steps.has(state)) cycles.push(component);
  }
  return cycles;
}

/** Visits all that can be reached, depth first, and notes each state when it is left. */
function visit(
  start: number,
  next: (state: number) => Iterable<number>,
  seen: Set<number>,
  left: number[],
): void {
  if (seen.has(start)) return;
  seen.add(start);
  const stack = [{ state: start, rest: next(start)[Symbol.iterator]() }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const { done, value } = top.rest.next();
    if (done) {
      left.push(top.state);
      stack.pop();
    } else if (!seen.has(value)) {
      seen.add(value);
      stack.push({ state: value, rest: next(value)[Symbol.iterator]() });
    }
  }
}
