import type { Day, Profile } from "./idl/bench.js";

/** Several objects, so that no engine folds a constant; a power of two, so that picking one is a mask. */
export const profiles: readonly Profile[] = Array.from({ length: 8 }, (_, i) => ({
  id: 1_000_000 + i,
  name: `Player ${i}`,
  team: (["red", "blue", "green"] as const)[i % 3] ?? "red",
  level: 10 + i,
  points: 70_000 * i,
  x: 101.5 + i,
  y: 202.25 - i,
  hue: 40 * i,
  online: i % 2 === 0,
  motto: "Sugar is where you find it",
}));

/** Nested objects: a day with its weather and three tasks. */
export const days: readonly Day[] = Array.from({ length: 8 }, (_, i) => ({
  number: 100 + i,
  name: `Day ${i}`,
  weather: { sky: "cloudy", degrees: 17.5 + i, wind: 3.25 },
  tasks: ["Gather sugar", "Carry it home", "Sleep"].map((title, task) => ({
    id: 10 * i + task,
    title,
    done: task === 0,
    points: 25 * task,
  })),
}));

/** One of them after the other. */
export function rotate<T>(values: readonly T[]): () => T {
  let next = 0;
  return () => {
    const value = values[next++ & (values.length - 1)];
    if (value === undefined) throw new Error("The number of values to rotate is a power of two");
    return value;
  };
}
