import fc from "fast-check";

// What codecs write.

export const number = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.integer({ min: -70_000, max: 70_000 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true }),
);

const bigint = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n });

export const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "binary-ascii", maxLength: 80 }),
);

export const bytes = fc.uint8Array({ maxLength: 300 });

export const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    fc.oneof(number, bigint, text, bytes, fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 20 }),
    // One key is refused everywhere.
    fc.dictionary(
      text.filter((key) => key !== "__proto__"),
      tie("value"),
      { maxKeys: 20 },
    ),
  ),
}));
