import type { Type } from "../model/type.js";
import type { WireType } from "./shape.js";

/** A type without what the wire does not show. Properties come in one order, so that the lock is stable. */
export function wireTypeOf(type: Type): WireType {
  const { kind } = type;
  switch (kind) {
    case "string": {
      const { minLength, maxLength, pattern } = type;
      return {
        kind,
        ...(minLength !== undefined && { minLength }),
        ...(maxLength !== undefined && { maxLength }),
        ...(pattern !== undefined && { pattern }),
      };
    }
    case "number": {
      const { format, minimum, maximum } = type;
      return {
        kind,
        format,
        ...(minimum !== undefined && { minimum }),
        ...(maximum !== undefined && { maximum }),
      };
    }
    case "bigint":
      return { kind, ...(type.format && { format: type.format }) };
    case "boolean":
    case "null":
    case "date":
    case "bytes":
    case "unknown":
      return { kind };
    case "literals":
      return { kind, values: type.values };
    case "array": {
      const { minItems, maxItems } = type;
      return {
        kind,
        item: wireTypeOf(type.item),
        ...(minItems !== undefined && { minItems }),
        ...(maxItems !== undefined && { maxItems }),
      };
    }
    case "tuple":
      return {
        kind,
        items: type.items.map((item) => ({
          type: wireTypeOf(item.type),
          ...(item.optional && { optional: true }),
        })),
        ...(type.rest && { rest: wireTypeOf(type.rest) }),
      };
    case "set":
      return { kind, item: wireTypeOf(type.item) };
    case "record":
      return { kind, ...(type.key && { key: wireTypeOf(type.key) }), value: wireTypeOf(type.value) };
    case "map":
      return { kind, key: wireTypeOf(type.key), value: wireTypeOf(type.value) };
    case "nullable":
      return { kind, type: wireTypeOf(type.type) };
    case "ref":
      return { kind, name: type.name };
  }
}
