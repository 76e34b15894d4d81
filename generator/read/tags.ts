/** Tags that the compiler reads, and where each may stand. */
export const compilerTags: Readonly<Record<string, readonly TagPlace[]>> = {
  minLength: ["field", "parameter"],
  maxLength: ["field", "parameter"],
  pattern: ["field", "parameter"],
  minimum: ["field", "parameter"],
  maximum: ["field", "parameter"],
  minItems: ["field", "parameter"],
  maxItems: ["field", "parameter"],
  throws: ["method"],
  timeout: ["method"],
  idempotent: ["method"],
  was: ["field", "parameter", "method", "push", "module", "type"],
};

export type TagPlace = "field" | "parameter" | "method" | "push" | "module" | "type";

/** Tags of TSDoc: they pass into the comments of generated code. */
export const documentationTags: ReadonlySet<string> = new Set([
  "alpha",
  "beta",
  "defaultValue",
  "deprecated",
  "example",
  "experimental",
  "internal",
  "link",
  "param",
  "privateRemarks",
  "public",
  "readonly",
  "remarks",
  "returns",
  "see",
  "since",
  "typeParam",
]);

/** The known tag that somebody probably meant; undefined if none is near. */
export function nearestTag(name: string): string | undefined {
  const known = [...Object.keys(compilerTags), ...documentationTags];
  const ranked = known
    .map((tag) => ({ tag, distance: editDistance(name.toLowerCase(), tag.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(name.length / 3)) ? best.tag : undefined;
}

/** How many letters have to be inserted, removed or replaced (Levenshtein, one row at a time). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
