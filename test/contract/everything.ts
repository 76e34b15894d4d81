import { Level } from "./generated/enums.js";
import type { Everything } from "./idl/values.js";

/** A value of every kind, as it arrives. */
export function everything(traits: Partial<Everything> = {}): Everything {
  return {
    text: "Grüße, 世界 🐜",
    number: -1.5e300,
    small: 255,
    rounded: Math.fround(0.1),
    flag: true,
    nothing: null,
    literal: "b",
    level: Level.High,
    signed: -(2n ** 63n),
    unsigned: 2n ** 64n - 1n,
    at: new Date("2026-02-03T04:05:06.789Z"),
    bytes: Uint8Array.of(0, 1, 127, 128, 255),
    list: ["", "a"],
    pair: ["one", 4_294_967_295],
    tail: ["first", 2, 3, 4],
    record: { a: 1, "not an identifier": 2 },
    map: new Map([
      ["then", new Date(0)],
      ["now", new Date(1e12)],
    ]),
    set: new Set([3, 1, 2]),
    shape: { kind: "square", side: 2 },
    byType: new Date(7),
    nullable: null,
    tree: { name: "root", branches: [{ name: "leaf", branches: [] }] },
    branded: brand("b1"),
    anything: { list: [1, "a", null, true, { deep: Uint8Array.of(1, 2) }], number: 0.5 },
    ...traits,
  };
}

/** The same in other words: each is another choice where there is one. */
export const variants: readonly Partial<Everything>[] = [
  {},
  { absent: "here", nullable: "text", both: null },
  { both: "text", byType: "text", shape: { kind: "circle", radius: 0 } },
  { byType: 0.25, literal: 3, level: Level.Low, tail: ["only"] },
  { byType: Uint8Array.of(), tail: ["two", 2], anything: null, flag: false },
  { anything: "text", list: [], record: {}, map: new Map(), set: new Set(), signed: 0n, unsigned: 0n },
  { anything: Uint8Array.of(9), number: 0, small: 0, text: "", bytes: Uint8Array.of() },
];

function brand(id: string): Everything["branded"] {
  return id as Everything["branded"]; // A brand exists for the compiler only.
}
