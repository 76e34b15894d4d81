import type { Model } from "../model/model.js";

/** The texts of parts of a model, for as long as these stay what they are. */
export type PrintedParts = WeakMap<object, string>;

/** The model as JSON, for tools. Without the places in the IDL, which change with every line that is added above. */
export function emitManifest({ modules, types }: Model, printed: PrintedParts): string {
  const list = (name: string, parts: readonly object[]) =>
    parts.length === 0
      ? `  "${name}": []`
      : `  "${name}": [\n${parts.map((part) => printPart(part, printed)).join(",\n")}\n  ]`;
  return `{\n  "version": 1,\n${list("modules", modules)},\n${list("types", types)}\n}\n`;
}

function printPart(part: object, printed: PrintedParts): string {
  const known = printed.get(part);
  if (known !== undefined) return known;
  const text = JSON.stringify(withoutPlaces(part), null, 2);
  // Not by `replaceAll`, which leaves a rope of thousands of pieces: 8 times slower to join and to write.
  const indented = `    ${text.split("\n").join("\n    ")}`;
  printed.set(part, indented);
  return indented;
}

/** A copy is faster to print than the part itself with a function that looks at each key. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) if (key !== "at") copy[key] = withoutPlaces(inner);
  return copy;
}
