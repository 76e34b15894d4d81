import { type Diagnostic, severityOf } from "../model/diagnostic.js";

/** Diagnostics for programs: one array. `endColumn` is that of the first character after what is meant. */
export function formatJson(diagnostics: readonly Diagnostic[]): string {
  const plain = diagnostics.map((diagnostic) => {
    const { code, at, message, path, hint } = diagnostic;
    const { file, line, column, length } = at;
    const severity = severityOf(diagnostic);
    return { code, severity, file, line, column, endColumn: column + length, message, path, hint };
  });
  return JSON.stringify(plain, null, 2);
}
