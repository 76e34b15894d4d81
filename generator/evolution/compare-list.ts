import type { WireType } from "../lock/shape.js";
import { compareType } from "./compare-type.js";
import type { Comparison } from "./comparison.js";

type List = Extract<WireType, { kind: "array" | "tuple" | "set" }>;

/** An array, a tuple or a set as the wire has it: elements by place, and what follows them. */
interface Elements {
  readonly items: readonly WireType[];
  readonly rest: WireType | undefined;
  /** How many there are at least, and at most; a reader leaves a longer tail alone where nothing is said. */
  readonly least: number;
  readonly most: number;
}

function elementsOf(list: List): Elements {
  switch (list.kind) {
    case "array": {
      const { item, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = list;
      return { items: [], rest: item, least: minItems, most: maxItems };
    }
    case "set":
      return { items: [], rest: list.item, least: 0, most: Number.POSITIVE_INFINITY };
    case "tuple": {
      const items = list.items.map((item) => item.type);
      const least = list.items.filter((item) => !item.optional).length;
      return { items, rest: list.rest, least, most: list.rest ? Number.POSITIVE_INFINITY : items.length };
    }
  }
}

export function compareList(comparison: Comparison, path: string, reader: List, writer: List): void {
  const [reads, writes] = [elementsOf(reader), elementsOf(writer)];
  if (writes.least < reads.least || (reader.kind === "array" && writes.most > reads.most)) {
    comparison.mismatch("range", path, reader, writer);
  }
  const places = Math.max(reads.items.length, writes.items.length);
  for (let place = 0; place < places; place++) {
    compareElements(comparison, path, reads.items[place] ?? reads.rest, writes.items[place] ?? writes.rest);
  }
  compareElements(comparison, path, reads.rest, writes.rest);
}

/** What the reader has no element for is a tail that it ignores; what the writer has none for never comes. */
function compareElements(
  comparison: Comparison,
  path: string,
  reader: WireType | undefined,
  writer: WireType | undefined,
): void {
  if (reader && writer) compareType(comparison, path, reader, writer);
}
