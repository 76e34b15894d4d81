/** Puts the metrics of several threads together: lines of one metric have to stand together, below its name. */
export function mergeTexts(texts: readonly string[]): string {
  const blocks = new Map<string, string[]>();
  for (const text of texts) {
    for (const block of text.trim().split("\n\n")) {
      const lines = block.split("\n");
      const head = lines.filter((line) => line.startsWith("#")).join("\n");
      const values = lines.filter((line) => line !== "" && !line.startsWith("#"));
      blocks.set(head, [...(blocks.get(head) ?? []), ...values]);
    }
  }
  return [...blocks].map(([head, values]) => `${[head, ...values].join("\n")}\n`).join("\n");
}
