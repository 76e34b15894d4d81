import fc from "fast-check";
import { expect, test } from "vitest";
import { CallsOfNode } from "../../runtime/remote/calls-of-node.js";

test("keeps what a map would keep, whatever ids other nodes choose", () => {
  // Few ids, of which many share their places.
  const id = fc.nat(5).chain((low) => fc.nat(5).map((wave) => low + 512 * wave));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), id), { maxLength: 200 }), (steps) => {
      const calls = new CallsOfNode<{ readonly id: number }>();
      const known = new Map<number, { readonly id: number }>();
      for (const [adds, id] of steps) {
        if (adds && !known.has(id)) {
          const call = { id };
          calls.add(call);
          known.set(id, call);
        } else {
          calls.delete(id);
          known.delete(id);
        }
        expect(calls.get(id)).toBe(known.get(id));
        expect(calls.size).toBe(known.size);
      }
      expect(new Set(calls.values())).toEqual(new Set(known.values()));
    }),
  );
});
