const typescriptEntry = new URL("./typescript-entry.mjs", import.meta.url);

/**
 * What a worker thread begins with: its entry, or where that is TypeScript what lets it be so, which then imports what
 * `workerData.entry` names.
 */
export function firstEntry(entry: string): URL {
  return entry.endsWith(".ts") ? typescriptEntry : new URL(entry);
}
