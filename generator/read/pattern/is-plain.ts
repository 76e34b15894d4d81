const escaped = "\\\\(?:[dDsSwWfnrtv^$\\\\.*+?()[\\]{}|/-]|[pP]\\{[\\w=]+\\}|u\\{[\\da-fA-F]+\\})";
const atom = `(?:\\[(?:\\\\.|[^\\]\\\\])*\\]|${escaped}|[^\\\\[\\](){}|*+?^$])(?:\\{\\d+\\})?`;
const quantifier = "(?:[*+?]|\\{\\d+,\\d*\\})\\??";
const plain = new RegExp(`^\\^(?:${atom})*(?:${quantifier}(?:${atom})*)?\\$?$`, "u");

/**
 * Whether a pattern is anchored and repeats at most one character: such a pattern is linear. Most patterns
 * are, and need no analysis.
 */
export function isPlain(source: string): boolean {
  return plain.test(source);
}
