/** ` Did you mean start?`, where one of the known words is what somebody probably meant; else nothing. */
export function didYouMean(word: string, known: Iterable<string>, prefix = ""): string {
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const one of known) {
    const distance = editDistance(word.toLowerCase(), one.toLowerCase());
    if (best === undefined || distance < best.distance) best = { word: one, distance };
  }
  // Further away it would be a guess.
  if (best === undefined || best.distance > Math.max(1, Math.floor(word.length / 3))) return "";
  return ` Did you mean ${prefix}${best.word}?`;
}

/** How many letters have to be inserted, removed, replaced or swapped with the next one. */
function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (beforeLast[j - 2] ?? 0) + 1 : replaced;
      row.push(Math.min(replaced, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
