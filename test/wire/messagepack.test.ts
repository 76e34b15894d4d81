import fc from "fast-check";
import { Packr } from "msgpackr";
import { describe, expect, test } from "vitest";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { pack, packForNow, unpack, unpackRange } from "../../runtime/wire/msgpack.js";
import { maxWireDepth } from "../../runtime/wire/scan.js";

/** What others write and read. */
const msgpackr = new Packr({
  useRecords: false,
  variableMapSize: true,
  mapsAsObjects: true,
  structuredClone: false,
  moreTypes: false,
  int64AsType: "auto" as "number", // Documented and implemented; msgpackr's own types forgot it.
});

const number = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true }),
);
const bigint = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n });
const text = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary", maxLength: 300 }),
);
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

const lengths = [0, 1, 15, 16, 31, 32, 39, 40, 41, 64, 65, 255, 256, 20_000, 65_535, 65_536];
const long = lengths.flatMap((length) => {
  const items = Array.from({ length }, (_, i) => i);
  const map = Object.fromEntries(items.map((i) => [`k${i}`, i]));
  const texts = ["x", "é", "€"].map((character) => character.repeat(length));
  return [...texts, `${"x".repeat(length)}é`, new Uint8Array(length).fill(7), items, map];
});

describe("pack", () => {
  test("writes the bytes that msgpackr writes", () => {
    fc.assert(
      fc.property(value, (value) => {
        expect(hex(pack(value))).toBe(hex(msgpackr.pack(value)));
      }),
      { numRuns: 1000 },
    );
  });

  test("writes the bytes that msgpackr writes where lengths change their form", () => {
    for (const value of long) expect(hex(pack(value)) === hex(msgpackr.pack(value))).toBe(true);
  });

  test("gives each caller bytes of its own", () => {
    const values = Array.from({ length: 5000 }, (_, i) => [i, `message ${i}`, "x".repeat(i % 300)]);
    const packed = values.map(pack);
    expect(packed.map((bytes) => msgpackr.unpack(bytes))).toEqual(values);
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
});

describe("packForNow", () => {
  test("writes what pack writes, and spares what pack wrote before", () => {
    for (const value of long) {
      const kept = pack(["kept", value]);
      const { start, end } = packForNow(value);
      expect(hex(packForNow(value).subarray(start, end)) === hex(pack(value))).toBe(true);
      expect(hex(kept) === hex(msgpackr.pack(["kept", value]))).toBe(true);
    }
  });
});

describe("unpack", () => {
  test("reads what msgpackr writes, as msgpackr reads it", () => {
    fc.assert(
      fc.property(value, (value) => {
        const bytes = msgpackr.pack(value);
        expect(unpack(bytes)).toEqual(msgpackr.unpack(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  test("reads long values, and those of every form of number", () => {
    for (const value of long)
      expect(unpack(msgpackr.pack(value))).toEqual(msgpackr.unpack(msgpackr.pack(value)));
    const numbers =
      "dc0009 ca3fc00000 cf0000000000000001 cfffffffffffffffff d0ff d1fffe d2fffffffd d3fffffffffffffffc d38000000000000000 e0";
    const expected = [1.5, 1, 2n ** 64n - 1n, -1, -2, -3, -4, -(2n ** 63n), -32];
    expect(unpack(Buffer.from(numbers.replaceAll(" ", ""), "hex"))).toEqual(expected);
  });

  test("reads a part of the bytes and nothing around it", () => {
    fc.assert(
      fc.property(value, fc.nat(5), fc.nat(5), (value, before, behind) => {
        const bytes = pack(value);
        const padded = Buffer.concat([Buffer.alloc(before, 0xc1), bytes, Buffer.alloc(behind, 0xc1)]);
        expect(unpackRange(padded, before, before + bytes.length)).toEqual(msgpackr.unpack(bytes));
      }),
    );
  });

  test("refuses bytes that are cut anywhere or go on, however they go on", () => {
    fc.assert(
      fc.property(value, fc.nat(), (value, cut) => {
        const bytes = pack(value);
        const end = cut % bytes.length;
        expect(() => unpack(bytes.subarray(0, end))).toThrow(RpcError);
        expect(() => unpackRange(bytes, 0, end)).toThrow(RpcError);
        expect(() => unpack(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(RpcError);
      }),
    );
  });

  test("never does anything but read or refuse, and reads no more than there is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          unpack(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(RpcError);
        }
      }),
      { numRuns: 5000 },
    );
    for (const claim of ["ddffffffff", "dfffffffff", "dbffffffff", "c6ffffffff", "dcffff90"]) {
      expect(() => unpack(Buffer.from(claim, "hex"))).toThrow(RpcError);
    }
  });

  test("reads as deep as the scan allows and no deeper", () => {
    const nested = (depth: number) => Buffer.concat([Buffer.alloc(depth, 0x91), Buffer.of(0xc0)]);
    expect(() => unpack(nested(maxWireDepth))).not.toThrow();
    expect(() => unpack(nested(maxWireDepth + 1))).toThrow(RpcError);
  });

  test("keeps a key __proto__ from replacing the prototype", () => {
    const read = unpack(Buffer.from(`81a9${Buffer.from("__proto__").toString("hex")}80`, "hex"));
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
