import type { Entry } from "../../idl/entry.js";
import { days, profiles } from "../../sample.js";

/** A value that does not fit, and the field that is to blame. */
export interface BadInput {
  readonly what: string;
  /** The name of the field, or a part of it where the whole value is wrong: "". */
  readonly field: string;
  readonly value: unknown;
}

/** What a validator gets: objects of one type that fit, and objects that do not. */
export interface Inputs {
  readonly good: readonly unknown[];
  /** Made when they are wanted: what an engine knows about the good ones' fields changes with them. */
  bad(): readonly BadInput[];
}

const entries: readonly Entry[] = Array.from({ length: 8 }, (_, i) => ({
  name: `Player ${i}`,
  country: ["AT", "BR", "JP", "NZ"][i % 4] ?? "AT",
  age: 20 + i,
  born: new Date(Date.UTC(2000 - i, 1, 29 - i)),
  rating: 1500.5 + i,
  regions: i % 2 === 0 ? ["europe"] : ["asia", "oceania"],
  team: i % 2 === 0 ? "The Ants" : null,
  ...(i % 2 === 0 && { note: "I can play in the evenings only" }),
}));

const [profile] = profiles;
const [day] = days;
const [entry] = entries;
if (profile === undefined || day === undefined || entry === undefined) throw new Error("no samples");
const [first, second, third] = day.tasks;

/** As many good and bad ones of each, so that picking one is a mask. */
export const inputs = {
  flat: {
    good: profiles,
    bad: () => [
      { what: "nothing", field: "", value: null },
      { what: "a text for an integer", field: "id", value: { ...profile, id: "1" } },
      { what: "a fraction for an integer", field: "level", value: { ...profile, level: 1.5 } },
      { what: "an integer that is too high", field: "hue", value: { ...profile, hue: 65536 } },
      { what: "an integer that is too low", field: "points", value: { ...profile, points: -1 } },
      { what: "a number that is none", field: "x", value: { ...profile, x: Number.NaN } },
      { what: "a choice that there is not", field: "team", value: { ...profile, team: "purple" } },
      { what: "a field that is missing", field: "motto", value: { ...profile, motto: undefined } },
    ],
  },
  nested: {
    good: days,
    bad: () => [
      { what: "null for an object", field: "weather", value: { ...day, weather: null } },
      { what: "a text for an object", field: "weather", value: { ...day, weather: "rain" } },
      {
        what: "a number without end",
        field: "wind",
        value: { ...day, weather: { ...day.weather, wind: Number.POSITIVE_INFINITY } },
      },
      { what: "an object for an array", field: "tasks", value: { ...day, tasks: { ...day.tasks } } },
      { what: "null for an item", field: "2", value: { ...day, tasks: [first, second, null] } },
      {
        what: "a field of an item that is missing",
        field: "done",
        value: { ...day, tasks: [first, { ...second, done: undefined }, third] },
      },
      {
        what: "an integer of an item that is too high",
        field: "points",
        value: { ...day, tasks: [{ ...first, points: 65536 }, second, third] },
      },
      {
        what: "half a character",
        field: "title",
        value: { ...day, tasks: [first, second, { ...third, title: "half a 😀".slice(0, 8) }] },
      },
    ],
  },
  bounded: {
    good: entries,
    bad: () => [
      { what: "a text that is too short", field: "name", value: { ...entry, name: "ab" } },
      { what: "a text that is too long", field: "note", value: { ...entry, note: "x".repeat(201) } },
      { what: "a text that does not match", field: "country", value: { ...entry, country: "at" } },
      { what: "a number that is too high", field: "rating", value: { ...entry, rating: 3000.5 } },
      { what: "an invalid date", field: "born", value: { ...entry, born: new Date(Number.NaN) } },
      { what: "a text for a date", field: "born", value: { ...entry, born: "2000-02-29" } },
      { what: "too few items", field: "regions", value: { ...entry, regions: [] } },
      { what: "nothing where null may be", field: "team", value: { ...entry, team: undefined } },
    ],
  },
} as const satisfies Record<string, Inputs>;

export type Shape = keyof typeof inputs;
