import fc from "fast-check";
import { Packr } from "msgpackr";
import { describe, expect, test } from "vitest";
import { findFault, maxWireDepth } from "../../runtime/wire/scan.js";

const packr = new Packr({ useRecords: false, mapsAsObjects: true });

function fault(bytes: Uint8Array | readonly number[]): string | undefined {
  return findFault(Uint8Array.from(bytes), 0, bytes.length);
}

const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, false, 0, -1, 127, 128, 65_536, -40_000, 2 ** 40, 1.5, 2n ** 63n),
    fc.double(),
    fc.string({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.array(tie("value"), { maxLength: 20 }),
    fc.dictionary(
      fc.string({ maxLength: 40 }).filter((key) => key !== "__proto__"),
      tie("value"),
    ),
  ),
})).value;

describe("bytes that are one MessagePack array", () => {
  test("pass, whatever plain values are in it, wherever they stand in a buffer", () => {
    fc.assert(
      fc.property(fc.array(value), fc.nat(5), fc.nat(5), (values, before, behind) => {
        const bytes = packr.pack(values);
        const padded = Buffer.concat([Buffer.alloc(before, 0xc1), bytes, Buffer.alloc(behind, 0xc1)]);
        expect(findFault(padded, before, before + bytes.length)).toBeUndefined();
      }),
    );
  });

  test("are refused when they are cut anywhere, or go on", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const bytes = packr.pack(values);
        for (let end = 0; end < Math.min(bytes.length, 500); end++) {
          expect(findFault(bytes, 0, end)).toBeTypeOf("string");
        }
        expect(fault([...bytes, 0])).toBe("nothing after the MessagePack array");
      }),
      { numRuns: 50 },
    );
  });

  test.each([16, 300, 65_535])("may hold %s items", (length) => {
    expect(fault(packr.pack(new Array(length).fill(1)))).toBeUndefined();
  });
});

test("whatever bytes pass, msgpackr reads as plain data without throwing", () => {
  const near = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    // Valid bytes with one of them changed get much further.
    fc.tuple(fc.array(value, { minLength: 1 }), fc.nat(), fc.nat(255)).map(([values, at, byte]) => {
      const bytes = Uint8Array.from(packr.pack(values));
      bytes[at % bytes.length] = byte;
      return bytes;
    }),
  );
  fc.assert(
    fc.property(near, (bytes) => {
      if (fault(bytes) !== undefined) return;
      expect(isPlain(packr.unpack(Buffer.from(bytes)))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

function isPlain(data: unknown): boolean {
  if (data === null || ["string", "number", "bigint", "boolean"].includes(typeof data)) return true;
  if (data instanceof Uint8Array) return true;
  if (Array.isArray(data)) return data.every(isPlain);
  return Object.getPrototypeOf(data) === Object.prototype && Object.values(data as object).every(isPlain);
}

test.each([
  ["no bytes", []],
  ["nil", [0xc0]],
  ["a map", [0x80]],
  ["an array of 32 bits", [0xdd, 0, 0, 0, 0]],
  ["text", [0x78]],
])("%s is no array", (_what, bytes) => {
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
])("%s is refused inside the array", (_what, bytes) => {
  expect(fault([0x91, ...bytes])).toMatch(/without extensions/);
});

test("arrays and maps nest as deep as the limit and no deeper", () => {
  const nested = (depth: number) => [...new Array(depth - 1).fill(0x91), 0x90];
  expect(fault(nested(maxWireDepth))).toBeUndefined();
  expect(fault([...nested(maxWireDepth + 1).slice(0, -1), 0x91, 0x01])).toBe(
    `MessagePack nested at most ${maxWireDepth} deep`,
  );
  const maps = (depth: number) => [0x91, ...new Array(depth).fill([0x81, 0xa1, 0x61]).flat(), 0x01];
  expect(fault(maps(maxWireDepth - 1))).toBeUndefined();
  expect(fault(maps(maxWireDepth))).toMatch(/nested/);
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
});
