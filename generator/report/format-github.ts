import { type Diagnostic, severityOf } from "../model/diagnostic.js";
import { diagnosticCodes } from "../model/diagnostic-codes.js";

/** A diagnostic as GitHub's runners turn it into an annotation of the changed line. */
export function formatGithub(diagnostic: Diagnostic): string {
  const { code, at, message, path, hint } = diagnostic;
  const properties = {
    file: at.file,
    line: at.line,
    col: at.column,
    // The runner counts the last character in.
    endColumn: at.column + at.length - 1,
    title: `${code}: ${diagnosticCodes[code]}`,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const lines = [message, ...(path === "" ? [] : [`in ${path}`]), `help: ${hint}`];
  return `::${severityOf(diagnostic)} ${list.join(",")}::${escapeData(lines.join("\n"))}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
