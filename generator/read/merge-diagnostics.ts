import type { Diagnostic } from "../model/diagnostic.js";

/**
 * One diagnostic for each place and code. A type that maps over a class by accident is wrong once for each of
 * the class's methods, all of them where the type is used.
 */
export function mergeDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { code, at } = diagnostic;
    const place = `${code} ${at.file}:${at.line}:${at.column}`;
    groups.set(place, [...(groups.get(place) ?? []), diagnostic]);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first || more.length === 0) return first ?? [];
    return { ...first, message: `${first.message}, and ${more.length} more below it` };
  });
}
