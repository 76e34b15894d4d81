import type { Change } from "../model/change.js";
import { type Diagnostic, severityOf } from "../model/diagnostic.js";
import type { Report } from "./report.js";

/** A report for programs: one line. `docs/errors.md` says what stands in it. */
export function formatJson({ ok, diagnostics, evolution, stale, written }: Report): string {
  const found = { diagnostics: diagnostics.map(flatten), evolution: evolution.map(inOrder) };
  return JSON.stringify({ ok, ...found, stale, written });
}

function flatten(diagnostic: Diagnostic) {
  const { code, at, message, path, hint } = diagnostic;
  const { file, line, column, length } = at;
  const severity = severityOf(diagnostic);
  return { code, severity, file, line, column, endColumn: column + length, message, path, hint };
}

function inOrder({ level, rule, path, what, whom }: Change): Change {
  return { level, rule, path, what, whom };
}
