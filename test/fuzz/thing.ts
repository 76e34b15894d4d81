import type { Thing } from "./idl/play.js";

/** A value of every kind, of which no two numbers give the same. */
export function thing(number: number): Thing {
  return {
    name: "ant",
    small: number % 255,
    large: BigInt(number) * 1_000_003n,
    flag: number % 2 === 0,
    at: new Date(number * 1000),
    bytes: Uint8Array.of(number & 255, 0, 255),
    record: { a: number, b: 0.5 },
    map: new Map([["then", new Date(number)]]),
    set: new Set([number % 1000]),
    shape: number % 2 === 0 ? { kind: "circle", radius: 1.5 } : { kind: "corners", at: [[1, 2]] },
    loose: number % 3 === 0 ? "text" : number,
    both: number % 5 === 0 ? null : "here",
    tree: { name: "root", branches: [{ name: "leaf", branches: [] }] },
    anything: { list: [1, "a", null, true, { deep: [number] }] },
  };
}
