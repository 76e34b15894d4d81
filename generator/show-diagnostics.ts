import { resolve } from "node:path";
import type { Diagnostic } from "./model/diagnostic.js";
import { coloured, plain } from "./report/colours.js";
import { formatDiagnostic } from "./report/format-diagnostic.js";
import { formatGithub } from "./report/format-github.js";
import { formatJson } from "./report/format-json.js";
import { readText } from "./write/read-text.js";

/** For people, for programs, or for annotations on GitHub. */
export const formats = ["text", "json", "github"] as const;
export type Format = (typeof formats)[number];

/** Prints diagnostics. Text goes to standard error; what programs read goes to standard output, alone. */
export async function showDiagnostics(diagnostics: readonly Diagnostic[], format: Format): Promise<void> {
  switch (format) {
    case "json":
      console.log(formatJson(diagnostics));
      break;
    case "github":
      for (const diagnostic of diagnostics) console.log(formatGithub(diagnostic));
      break;
    case "text": {
      const colours = process.stderr.isTTY && !process.env.NO_COLOR ? coloured : plain;
      for (const diagnostic of diagnostics) {
        const source = await readText(resolve(diagnostic.at.file));
        console.error(`${formatDiagnostic(diagnostic, source, colours)}\n`);
      }
    }
  }
}
