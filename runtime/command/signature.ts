import type { ManifestMethod, ManifestPush, TypeText } from "./manifest.js";

/** A method as the IDL writes it, without the session. */
export function formatMethod({ name, kind, parameters, result }: ManifestMethod): string {
  const list = parameters.map(
    (parameter) => `${parameter.name}${parameter.optional ? "?" : ""}: ${formatType(parameter.type)}`,
  );
  const value = result === undefined ? "void" : formatType(result);
  const returned = { call: `Promise<${value}>`, oneway: "void", stream: `AsyncIterable<${value}>` }[kind];
  return `${name}(${list.join(", ")}): ${returned}`;
}

/** A push as the IDL writes it. */
export function formatPush({ name, type }: ManifestPush): string {
  return `${name}: Push<${formatType(type)}>`;
}

/** A type in TypeScript's words. */
export function formatType(type: TypeText): string {
  if (type.written !== undefined) {
    return type.written.map((piece) => (typeof piece === "string" ? piece : piece.name)).join("");
  }
  const inner = (part: TypeText | undefined) => (part === undefined ? "unknown" : formatType(part));
  switch (type.kind) {
    case "number":
    case "bigint":
      return type.format === undefined || type.format === "float64" ? type.kind : type.format;
    case "literals":
      return (type.values ?? []).map((value) => JSON.stringify(value)).join(" | ");
    case "array":
      return `${parenthesized(inner(type.item))}[]`;
    case "tuple":
      return formatTuple(type);
    case "record":
      return `Record<${type.key === undefined ? "string" : formatType(type.key)}, ${inner(type.value)}>`;
    case "map":
      return `Map<${inner(type.key)}, ${inner(type.value)}>`;
    case "set":
      return `Set<${inner(type.item)}>`;
    case "nullable":
      return `${inner(type.type)} | null`;
    case "ref":
      return type.name ?? "unknown";
    case "date":
      return "Date";
    case "bytes":
      return "Uint8Array";
    default:
      return type.kind;
  }
}

function formatTuple({ items = [], rest }: TypeText): string {
  const parts = items.map(({ type, optional }) => `${formatType(type)}${optional ? "?" : ""}`);
  if (rest !== undefined) parts.push(`...${parenthesized(formatType(rest))}[]`);
  return `[${parts.join(", ")}]`;
}

function parenthesized(text: string): string {
  return /[|&]/.test(text) ? `(${text})` : text;
}
