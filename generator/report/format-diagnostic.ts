import { type Diagnostic, severityOf } from "../model/diagnostic.js";
import { plain } from "./colours.js";

/**
 * A diagnostic as people read it: the place, what is wrong, the line of the IDL, and what to write instead.
 *
 * @param source the text of the file that it is about, if there is one
 */
export function formatDiagnostic(
  diagnostic: Diagnostic,
  source: string | undefined,
  colours = plain,
): string {
  const { at, code, message, path, hint } = diagnostic;
  const severity = severityOf(diagnostic);
  const place = colours.place(`${at.file}:${at.line}:${at.column}`);
  const lines = [`${place} - ${colours[severity](severity)} ${colours.code(`${code}:`)} ${message}`];
  if (path !== "") lines.push(`  in ${path}`);
  const text = source?.split(/\r?\n/)[at.line - 1];
  if (text !== undefined) {
    const number = String(at.line);
    const gutter = " ".repeat(number.length);
    const indent = text.slice(0, at.column - 1).replace(/[^\t]/g, " ");
    const marker = indent + colours[severity]("~".repeat(at.length));
    lines.push(
      "",
      `  ${colours.quiet(`${number} |`)} ${text}`,
      `  ${colours.quiet(`${gutter} |`)} ${marker}`,
    );
  }
  lines.push(`  ${colours.quiet("help:")} ${hint}`);
  return lines.join("\n");
}
