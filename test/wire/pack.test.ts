import fc from "fast-check";
import { Packr } from "msgpackr";
import { expect, test } from "vitest";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { pack, packForNow } from "../../runtime/wire/pack.js";
import { unpack } from "../../runtime/wire/unpack.js";
import { value } from "./plain-data.js";

/** Plain MessagePack, in the smallest form of each value. */
const packr = new Packr({ useRecords: false, variableMapSize: true });

test("writes the bytes that msgpackr writes", () => {
  fc.assert(
    fc.property(value, (value) => {
      expect(hex(pack(value))).toBe(hex(packr.pack(value)));
    }),
    { numRuns: 2000 },
  );
});

test("writes the bytes that msgpackr writes where lengths change their form", () => {
  for (const length of [0, 15, 16, 31, 32, 47, 48, 255, 256, 65_535, 65_536]) {
    const text = "x".repeat(length);
    const items = Array.from({ length }, (_, i) => i);
    const map = Object.fromEntries(items.map((i) => [`k${i}`, i]));
    for (const value of [text, `${text}é`, "€".repeat(length), new Uint8Array(length), items, map]) {
      expect(hex(pack(value)) === hex(packr.pack(value))).toBe(true);
    }
  }
});

test("writes the bytes that msgpackr writes where numbers change their form", () => {
  for (const size of [0x20, 0x80, 0x100, 0x8000, 0x10000, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    for (const number of [size - 1, size, size + 0.5, -size + 1, -size, -size - 1]) {
      expect([number, hex(pack(number))]).toEqual([number, hex(packr.pack(number))]);
    }
  }
});

test("writes what does not fit into the memory that it has", () => {
  // The end of the memory falls into each of the values once.
  const value = [
    1,
    -1,
    300,
    -300,
    1.5,
    2n ** 60n,
    "short",
    "x".repeat(100),
    "é",
    null,
    true,
    new Uint8Array(9),
    [[]],
    { a: 1 },
  ];
  for (let length = 3_900; length < 4_100; length++) {
    const large = ["x".repeat(length), ...value];
    expect(hex(pack(large)) === hex(packr.pack(large))).toBe(true);
  }
  const bytes = new Uint8Array(3_000_000).fill(7);
  expect(Buffer.compare(pack([bytes, bytes]), packr.pack([bytes, bytes]))).toBe(0);
  expect(packForNow(1).bytes.length).toBe(4_096);
});

test("writes undefined as nil, as absent fields travel", () => {
  expect(hex(pack([undefined, 1]))).toBe("92c001");
});

test("refuses what MessagePack has no word for, and works on afterwards", () => {
  for (const value of [() => {}, Symbol("no"), 2n ** 64n, -(2n ** 63n) - 1n]) {
    expect(() => pack(["x".repeat(10_000), value])).toThrow(RpcError);
    expect(hex(pack([1]))).toBe("9101");
  }
});

test("gives away bytes that later messages do not change", () => {
  const first = pack("first");
  pack("other");
  expect(unpack(first)).toBe("first");
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
