import { fileURLToPath } from "node:url";
import { UsageError } from "./command-line.js";
import { formatExplanation, isCode, normalizeCode, readExplanations } from "./explain/explain.js";
import { diagnosticCodes } from "./model/diagnostic-codes.js";
import { nearest } from "./model/nearest.js";
import { readText } from "./write/read-text.js";

/**
 * Prints what `docs/errors.md` says of some codes. Returns the exit code.
 *
 * @throws UsageError
 */
export async function explainCodes(typed: readonly string[]): Promise<number> {
  const codes = typed.map((word) => {
    const code = normalizeCode(word);
    if (!isCode(code)) throw new UsageError(`the compiler has no ${word}${suggest(code)}`);
    return code;
  });
  const path = fileURLToPath(new URL("../docs/errors.md", import.meta.url));
  const document = await readText(path);
  if (document === undefined) throw new Error(`${path} is not there`, { cause: "incomplete installation" });
  const explanations = new Map(readExplanations(document).map((one) => [one.code, one]));
  const texts = codes.map((code) => {
    const explanation = explanations.get(code);
    return explanation ? formatExplanation(explanation) : `${code}: ${diagnosticCodes[code]}`;
  });
  console.log(texts.join("\n\n"));
  return 0;
}

function suggest(code: string): string {
  const near = nearest(code, Object.keys(diagnosticCodes));
  // Further away it would be a guess.
  if (near && near.distance <= 2) return `; did you mean ${near.word}?`;
  return "; its codes look like IDL1108, and docs/errors.md lists them";
}
