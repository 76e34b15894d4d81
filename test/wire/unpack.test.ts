import fc from "fast-check";
import { Packr } from "msgpackr";
import { describe, expect, test } from "vitest";
import { RpcError } from "../../runtime/error/rpc-error.js";
import { pack } from "../../runtime/wire/pack.js";
import { maxWireDepth, unpack, unpackArguments } from "../../runtime/wire/unpack.js";
import { bytes, number, text, value } from "./plain-data.js";

const packr = new Packr({ useRecords: false, mapsAsObjects: true, int64AsType: "auto" as "number" });

const encodings = ["a Buffer, as servers have it", "a Uint8Array, as browsers have it"] as const;

describe.each(encodings)("of %s", (encoding) => {
  const message = (packed: Uint8Array | string) => {
    const buffer = typeof packed === "string" ? Buffer.from(packed, "hex") : Buffer.from(packed);
    return encoding === encodings[0] ? buffer : new Uint8Array(buffer);
  };

  test("reads what msgpackr reads", () => {
    fc.assert(
      fc.property(value, (value) => {
        const bytes = message(pack(value));
        expect(plain(unpack(bytes))).toEqual(plain(packr.unpack(bytes)));
      }),
      { numRuns: 1000 },
    );
  });

  test("gives back what pack took", () => {
    const items = fc.array(fc.oneof(number, text, bytes, fc.boolean(), fc.constant(null)));
    fc.assert(
      fc.property(items, (items) => {
        const back = plain(unpack(message(pack(items))));
        expect(back).toEqual(items.map((item) => (Object.is(item, -0) ? 0 : item)));
      }),
    );
  });

  test.each(Array.from({ length: 70 }, (_, length) => length))("reads text of %s bytes", (length) => {
    const ascii = "Sugar is where you find it. ".repeat(3).slice(0, length);
    for (const text of [ascii, `${ascii.slice(2)}é`, `é${ascii.slice(2)}`]) {
      expect(unpack(message(pack(text)))).toBe(text);
    }
  });

  test("reads from the middle of a larger buffer", () => {
    const packed = pack(["text", new Uint8Array([1, 2]), 1.5, "a text of more than 15 bytes"]);
    const larger = message(Buffer.concat([Buffer.alloc(7, 0xc1), packed, Buffer.alloc(13, 0xc1)]));
    const expected = ["text", new Uint8Array([1, 2]), 1.5, "a text of more than 15 bytes"];
    expect(plain(unpack(larger.subarray(7, 7 + packed.length)))).toEqual(expected);
    expect(plain(unpackArguments(larger, 7, 7 + packed.length))).toEqual(expected);
  });

  test("puts a sign of its own in place of bytes that are no text", () => {
    expect(unpack(message("a3ff6162"))).toBe("\ufffdab");
    expect(unpack(message("a3eda080"))).toBe("\ufffd\ufffd\ufffd");
  });
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

test("gives a client more than 65,535 items, and keys as long", () => {
  const items = new Array(70_000).fill(1);
  const map = Object.fromEntries(items.map((item, i) => [`k${i}`, item]));
  const long = { ["k".repeat(70_000)]: 1 };
  expect(unpack(pack([items, map, long]))).toEqual([items, map, long]);
  expect(fault(pack([long]))).toMatch(/keys/);
});

describe("arguments", () => {
  test("are read wherever they stand in a buffer", () => {
    fc.assert(
      fc.property(fc.array(value), fc.nat(5), fc.nat(5), (values, before, behind) => {
        const bytes = pack(values);
        const padded = Buffer.concat([Buffer.alloc(before, 0xc1), bytes, Buffer.alloc(behind, 0xc1)]);
        expect(fault(padded, before, before + bytes.length)).toBeUndefined();
      }),
    );
  });

  test("are refused when they are cut anywhere, or go on", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const bytes = pack(values);
        for (let end = 0; end < Math.min(bytes.length, 500); end++) {
          expect(fault(bytes, 0, end)).toBeTypeOf("string");
        }
        expect(fault([...bytes, 0])).toBe("one value in MessagePack, and nothing after it");
      }),
      { numRuns: 50 },
    );
  });

  test.each([16, 300, 65_535])("may be %s", (length) => {
    expect(fault(pack(new Array(length).fill(1)))).toBeUndefined();
  });

  test.each([
    ["no bytes", []],
    ["nil", [0xc0]],
    ["a map", [0x80]],
    ["an array of 32 bits", [0xdd, 0, 0, 0, 0]],
    ["text", [0x78]],
  ])("are not %s", (_what, bytes) => {
    expect(fault(bytes)).toBe("a MessagePack array of at most 65,535 items");
  });

  test.each([
    ["0xc1", [0xc1]],
    ["ext 8", [0xc7, 0, 0]],
    ["ext 16", [0xc8, 0, 0, 0]],
    ["ext 32", [0xc9, 0, 0, 0, 0, 0]],
    ["fixext 1", [0xd4, 0x72, 0]],
    ["fixext 2", [0xd5, 0, 0, 0]],
    ["fixext 4, a timestamp", [0xd6, 0xff, 0, 0, 0, 0]],
    ["fixext 8", [0xd7, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ["fixext 16", [0xd8, 0, ...new Array(16).fill(0)]],
    ["array 32", [0xdd, 0, 0, 0, 0]],
    ["map 32", [0xdf, 0, 0, 0, 0]],
  ])("have no %s in them", (_what, bytes) => {
    expect(fault([0x91, ...bytes])).toMatch(/without extensions/);
  });
});

test("arrays and maps nest as deep as the limit and no deeper", () => {
  const nested = (depth: number) => [...new Array(depth - 1).fill(0x91), 0x90];
  expect(fault(nested(maxWireDepth))).toBeUndefined();
  expect(fault(nested(maxWireDepth + 1))).toBe(`MessagePack nested at most ${maxWireDepth} deep`);
  const maps = (depth: number) => [0x91, ...new Array(depth).fill([0x81, 0xa1, 0x61]).flat(), 0x01];
  expect(fault(maps(maxWireDepth - 1))).toBeUndefined();
  expect(fault(maps(maxWireDepth))).toMatch(/nested/);
  // What was refused leaves no level behind.
  expect(fault(nested(maxWireDepth))).toBeUndefined();
});

test("keys of maps are strings, and none of them is __proto__", () => {
  const proto = [..."__proto__"].map((letter) => letter.charCodeAt(0));
  expect(fault([0x91, 0x81, 0xa1, 0x61, 0x01])).toBeUndefined();
  expect(fault([0x91, 0x81, 0x01, 0x01])).toMatch(/keys/);
  expect(fault([0x91, 0x81, 0xc4, 1, 0x61, 0x01])).toMatch(/keys/);
  expect(fault([0x91, 0x82, 0xa1, 0x61, 0x01, 0x90, 0x01])).toMatch(/keys/);
  for (const head of [[0xa9], [0xd9, 9], [0xda, 0, 9]]) {
    expect(fault([0x91, 0x81, ...head, ...proto, 0x01])).toMatch(/__proto__/);
    expect(fault([0x91, 0x81, 0xa1, 0x61, ...head, ...proto])).toBeUndefined();
    expect(fault([0x91, 0x81, ...head, ...proto.slice(0, 4)])).toBeTypeOf("string");
  }
  expect(fault([0x91, 0x91, 0x81, 0xa1, 0x61, 0x81, 0xa9, ...proto, 0x01])).toMatch(/__proto__/);
});

test("a large announced length is not believed", () => {
  expect(fault([0x91, 0xdb, 0xff, 0xff, 0xff, 0xff])).toMatch(/complete/);
  expect(fault([0x91, 0xc6, 0x7f, 0xff, 0xff, 0xff, 0x00])).toMatch(/complete/);
  expect(fault([0xdc, 0xff, 0xff, 0x01])).toMatch(/complete/);
  for (const encoded of ["ddffffffff", "dfffffffff"]) {
    expect(() => unpack(Buffer.from(encoded, "hex"))).toThrow("MessagePack that is complete");
  }
});

test("nor are many that each could be true alone: memory grows no faster than the message", () => {
  const announcing = Buffer.alloc(60_000, 0xc0);
  // Two arrays of 40,000 items each, and behind their heads what nobody may read before it has believed both.
  announcing.set([0xdc, 0x9c, 0x40, 0xdc, 0x9c, 0x40, 0xc1]);
  expect(fault(announcing)).toMatch(/complete/);
  // Two maps of 20,000 entries.
  announcing.set([0x91, 0xde, 0x4e, 0x20, 0xa0, 0xde, 0x4e, 0x20, 0xc1]);
  expect(fault(announcing)).toMatch(/complete/);
});

test("whatever the bytes, it gives plain data or refuses", () => {
  const near = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    // Valid bytes with one of them changed get much further.
    fc.tuple(fc.array(value, { minLength: 1 }), fc.nat(), fc.nat(255)).map(([values, at, byte]) => {
      const bytes = pack(values);
      bytes[at % bytes.length] = byte;
      return bytes;
    }),
  );
  fc.assert(
    fc.property(near, (bytes) => {
      for (const message of [bytes, Buffer.from(bytes)]) {
        try {
          expect(isPlain(unpack(message))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(RpcError);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

/** What is wrong with bytes as arguments of a call. */
function fault(bytes: Uint8Array | readonly number[], start = 0, end = bytes.length): string | undefined {
  try {
    unpackArguments(Uint8Array.from(bytes), start, end);
    return undefined;
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return error.details?.expected;
  }
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

function isPlain(data: unknown): boolean {
  if (data === null || ["string", "number", "bigint", "boolean"].includes(typeof data)) return true;
  if (data instanceof Uint8Array) return true;
  if (Array.isArray(data)) return data.every(isPlain);
  return Object.getPrototypeOf(data) === Object.prototype && Object.values(data as object).every(isPlain);
}
