import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pack } from "../../runtime/client/pack.js";
import { unpack } from "../../runtime/client/unpack.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
import * as server from "../../runtime/wire/msgpack.js";

const number = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true }),
);
const bigint = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n });
const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary", maxLength: 300 }));
const bytes = fc.uint8Array({ maxLength: 300 });

/** Whatever codecs write. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    fc.oneof(number, bigint, text, bytes, fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 20 }),
    fc.dictionary(text, tie("value"), { maxKeys: 20 }),
  ),
}));

describe("pack", () => {
  test("writes the bytes that msgpackr writes on the server", () => {
    fc.assert(
      fc.property(value, (value) => {
        expect(hex(pack(value))).toBe(hex(server.pack(value)));
      }),
      { numRuns: 1000 },
    );
  });

  test("writes the bytes that msgpackr writes where lengths change their form", () => {
    for (const length of [0, 15, 16, 31, 32, 255, 256, 65_535, 65_536]) {
      const text = "x".repeat(length);
      const items = Array.from({ length }, (_, i) => i);
      const map = Object.fromEntries(items.map((i) => [`k${i}`, i]));
      for (const value of [text, new Uint8Array(length), items, map, "€".repeat(length)]) {
        expect(hex(pack(value)) === hex(server.pack(value))).toBe(true);
      }
    }
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
});

describe("unpack", () => {
  test("reads what msgpackr reads", () => {
    fc.assert(
      fc.property(value, (value) => {
        const bytes = server.pack(value);
        expect(plain(unpack(bytes))).toEqual(plain(server.unpack(bytes)));
      }),
      { numRuns: 1000 },
    );
  });

  test("gives back what pack took", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(number, text, bytes, fc.boolean(), fc.constant(null))), (items) => {
        expect(unpack(pack(items))).toEqual(items.map((item) => (Object.is(item, -0) ? 0 : item)));
      }),
    );
  });

  test("takes a number in every encoding", () => {
    for (const encoded of ["05", "cc05", "cd0005", "ce00000005", "cf0000000000000005"]) {
      expect(unpack(Buffer.from(encoded, "hex"))).toBe(5);
    }
    for (const encoded of ["d005", "d10005", "d200000005", "d30000000000000005", "ca40a00000"]) {
      expect(unpack(Buffer.from(encoded, "hex"))).toBe(5);
    }
    for (const encoded of ["fb", "d0fb", "d1fffb", "d2fffffffb", "d3fffffffffffffffb", "cac0a00000"]) {
      expect(unpack(Buffer.from(encoded, "hex"))).toBe(-5);
    }
  });

  test("gives 64-bit integers as bigint where numbers are not exact", () => {
    expect(unpack(pack(2n ** 53n))).toBe(2 ** 53);
    expect(unpack(pack(2n ** 53n + 1n))).toBe(2n ** 53n + 1n);
    expect(unpack(pack(-(2n ** 63n)))).toBe(-(2n ** 63n));
    expect(unpack(pack(2n ** 64n - 1n))).toBe(2n ** 64n - 1n);
  });

  test("reads from the middle of a larger buffer", () => {
    const message = pack(["text", new Uint8Array([1, 2]), 1.5]);
    const larger = new Uint8Array(message.length + 20);
    larger.set(message, 7);
    expect(unpack(larger.subarray(7, 7 + message.length))).toEqual(["text", new Uint8Array([1, 2]), 1.5]);
  });

  test("lets no key replace the prototype", () => {
    const map = unpack(Buffer.from("81a95f5f70726f746f5f5f81a161ff", "hex"));
    expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
    expect(map).toEqual({ __proto_: { a: -1 } });
  });

  test.each([
    ["nothing", ""],
    ["an array without its items", "92"],
    ["a string cut short", "a361"],
    ["bytes cut short", "c40501"],
    ["a length cut short", "da00"],
    ["a float cut short", "cb00"],
    ["a huge array that is not there", "ddffffffff"],
    ["a huge map that is not there", "dfffffffff"],
    ["a second value", "0101"],
    ["an extension", "d40000"],
    ["the byte that means nothing", "c1"],
    ["a map with a number as key", "810101"],
    ["arrays in arrays without end", "91".repeat(100_000)],
    ["maps in maps without end", "81a161".repeat(100_000)],
  ])("refuses %s", (_what, encoded) => {
    expect(() => unpack(Buffer.from(encoded, "hex"))).toThrow("expected one value in MessagePack");
  });

  test("throws nothing but the one error, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        try {
          unpack(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RpcError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Without Buffers, which equal no Uint8Array. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  }
  return value;
}
