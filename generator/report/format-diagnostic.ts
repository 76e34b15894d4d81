import type { Diagnostic } from "../model/diagnostic.js";

/**
 * A diagnostic as people read it: the place, what is wrong, the line of the IDL, and what to write instead.
 *
 * @param source the text of the file that it is about, if there is one
 */
export function formatDiagnostic(diagnostic: Diagnostic, source: string | undefined): string {
  const { at, code, message, path, hint } = diagnostic;
  const lines = [`${at.file}:${at.line}:${at.column} - error ${code}: ${message}`];
  if (path !== "") lines.push(`  in ${path}`);
  const text = source?.split(/\r?\n/)[at.line - 1];
  if (text !== undefined) {
    const number = String(at.line);
    const gutter = " ".repeat(number.length);
    const marker = text.slice(0, at.column - 1).replace(/[^\t]/g, " ") + "~".repeat(at.length);
    lines.push("", `  ${number} | ${text}`, `  ${gutter} | ${marker}`);
  }
  lines.push(`  help: ${hint}`);
  return lines.join("\n");
}
