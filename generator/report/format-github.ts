import { type Change, changeId } from "../model/change.js";
import { type Diagnostic, severityOf } from "../model/diagnostic.js";
import { diagnosticCodes } from "../model/diagnostic-codes.js";
import { describeChange } from "./format-change.js";
import type { Report } from "./report.js";

/** A report as GitHub's runners turn it into annotations of what was changed, one a line. */
export function formatGithub({ diagnostics, evolution, stale }: Report): string[] {
  return [
    ...diagnostics.map(annotateDiagnostic),
    ...evolution.map(annotateChange),
    ...stale.map(annotateStale),
  ];
}

function annotateDiagnostic(diagnostic: Diagnostic): string {
  const { code, at, message, path, hint } = diagnostic;
  const { file, line, column: col } = at;
  const title = `${code}: ${diagnosticCodes[code]}`;
  const text = [message, ...(path === "" ? [] : [`in ${path}`]), `help: ${hint}`].join("\n");
  return annotate(severityOf(diagnostic), { file, line, col, title }, text);
}

const kinds = { breaking: "error", warning: "warning", note: "notice" } as const;

function annotateChange(change: Change): string {
  return annotate(kinds[change.level], { title: changeId(change) }, describeChange(change));
}

function annotateStale(file: string): string {
  return annotate("error", { file, title: "stale" }, "run `npm run codegen` and commit what it writes");
}

function annotate(kind: string, properties: Readonly<Record<string, string | number>>, text: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${kind} ${list.join(",")}::${escapeData(text)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
