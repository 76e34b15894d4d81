import { ts } from "ts-morph";
import type { Diagnostic } from "../model/diagnostic.js";
import { locateRange } from "./locate.js";
import type { IdlProject } from "./open-project.js";

/** What TypeScript itself has to say about the IDL files. */
export function readTypeScriptErrors(project: IdlProject, shownFrom: string): Diagnostic[] {
  return project.files.flatMap(({ source }) =>
    [
      ...project.program.getSyntacticDiagnostics(source),
      ...project.program.getSemanticDiagnostics(source),
    ].map((diagnostic) => ({
      code: "IDL1001" as const,
      at: locateRange(source, diagnostic.start ?? 0, diagnostic.length ?? 1, shownFrom),
      message: `${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ")} (TS${diagnostic.code})`,
      path: "",
      hint: "mend it as in any TypeScript file",
    })),
  );
}
