import { ts } from "ts-morph";
import type { Diagnostic } from "../model/diagnostic.js";
import { locateRange, shownPath } from "./locate.js";
import type { IdlFile, IdlProject } from "./open-project.js";

/** What TypeScript itself has to say about files of the IDL. */
export function readTypeScriptErrors(
  project: IdlProject,
  files: readonly IdlFile[],
  shownFrom: string,
): Diagnostic[] {
  return files.flatMap(({ source }) =>
    [
      ...project.program.getSyntacticDiagnostics(source),
      ...project.program.getSemanticDiagnostics(source),
    ].map((diagnostic) => ({
      code: "IDL1001" as const,
      at: locateRange(source, diagnostic.start ?? 0, diagnostic.length ?? 1, shownPath(source, shownFrom)),
      message: `${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")} (TS${diagnostic.code})`,
      path: "",
      hint: "mend it as in any TypeScript file",
    })),
  );
}
