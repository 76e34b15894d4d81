import { resolve } from "node:path";
import { severityOf } from "./model/diagnostic.js";
import { coloured, plain } from "./report/colours.js";
import type { Format } from "./report/format.js";
import { formatChange } from "./report/format-change.js";
import { formatCount } from "./report/format-count.js";
import { formatDiagnostic } from "./report/format-diagnostic.js";
import { formatGithub } from "./report/format-github.js";
import { formatJson } from "./report/format-json.js";
import type { Report } from "./report/report.js";
import { readText } from "./write/read-text.js";

/**
 * Says what a run found. What people read goes to standard error; what programs read goes to standard output,
 * where nothing else is then.
 */
export async function showReport(report: Report, format: Format): Promise<void> {
  switch (format) {
    case "json":
      console.log(formatJson(report));
      break;
    case "github":
      for (const line of formatGithub(report)) console.log(line);
      break;
    case "text":
      await showDetails(report);
  }
  for (const line of sumUp(report)) console.error(line);
}

async function showDetails({ diagnostics, evolution, stale }: Report): Promise<void> {
  const colours = process.stderr.isTTY && !process.env.NO_COLOR ? coloured : plain;
  for (const diagnostic of diagnostics) {
    const source = await readText(resolve(diagnostic.at.file));
    console.error(`${formatDiagnostic(diagnostic, source, colours)}\n`);
  }
  for (const change of evolution) console.error(formatChange(change));
  for (const path of stale) console.error(`stale: ${path}`);
}

function sumUp({ diagnostics, evolution, stale }: Report): string[] {
  const errors = diagnostics.filter((diagnostic) => severityOf(diagnostic) === "error").length;
  const warnings = diagnostics.length - errors;
  const found = [
    ...(errors > 0 ? [formatCount(errors, "error")] : []),
    ...(warnings > 0 ? [formatCount(warnings, "warning")] : []),
  ].join(" and ");
  const breaks = evolution.filter(({ level }) => level === "breaking").length;
  const broken = `${formatCount(breaks, "break")} of what is shipped`;
  return [
    ...(found === "" ? [] : [errors > 0 ? `${found}; nothing was written.` : `${found}.`]),
    ...(breaks > 0 ? [`${broken}: the lock stays as it is until each is mended or accepted.`] : []),
    ...(stale.length > 0 ? ["Run `npm run codegen` and commit what it writes."] : []),
  ];
}
