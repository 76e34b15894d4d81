import type { WireType } from "../lock/shape.js";

/** A type in a few words, for messages: `string (maxLength 40)`. */
export function describeType(type: WireType): string {
  switch (type.kind) {
    case "string": {
      const { minLength, maxLength, pattern } = type;
      return constrained("string", { minLength, maxLength, pattern });
    }
    case "number": {
      const { minimum, maximum } = type;
      return constrained(type.format === "float64" ? "number" : type.format, { minimum, maximum });
    }
    case "bigint":
      return type.format ?? "bigint";
    case "date":
      return "Date";
    case "bytes":
      return "Uint8Array";
    case "literals":
      return type.values.map((value) => JSON.stringify(value)).join(" | ");
    case "array": {
      const { minItems, maxItems } = type;
      return constrained(`${enclosed(type.item)}[]`, { minItems, maxItems });
    }
    case "tuple": {
      const items = type.items.map((item) => describeType(item.type) + (item.optional ? "?" : ""));
      if (type.rest) items.push(`...${enclosed(type.rest)}[]`);
      return `[${items.join(", ")}]`;
    }
    case "set":
      return `Set<${describeType(type.item)}>`;
    case "record":
      return `Record<string, ${describeType(type.value)}>`;
    case "map":
      return `Map<${describeType(type.key)}, ${describeType(type.value)}>`;
    case "nullable":
      return `${describeType(type.type)} | null`;
    case "ref":
      return type.name;
    case "boolean":
    case "null":
    case "unknown":
      return type.kind;
  }
}

function constrained(
  name: string,
  constraints: Readonly<Record<string, number | string | undefined>>,
): string {
  const given = Object.entries(constraints).filter(([, value]) => value !== undefined);
  return given.length === 0 ? name : `${name} (${given.map((entry) => entry.join(" ")).join(", ")})`;
}

function enclosed(type: WireType): string {
  const text = describeType(type);
  return / \| | \(/.test(text) ? `(${text})` : text;
}
