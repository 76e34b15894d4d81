/** A name as others see it: no invisible characters, and no white space but single blanks inside. */
export function tidyName(name: string): string {
  return name.replace(/\s+/gu, " ").replace(/\p{C}/gu, "").trim();
}

/** What two names have in common that count as the same. */
export function nameKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}
