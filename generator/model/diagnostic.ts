import type { DiagnosticCode } from "./diagnostic-codes.js";
import type { Location } from "./location.js";

/** Errors keep anything from being written; warnings do not. */
export type Severity = "error" | "warning";

/** Something in the IDL that has to change. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  /** undefined: an error. */
  readonly severity?: Severity;
  readonly at: Location;
  /** What is wrong, in one line. */
  readonly message: string;
  /** The way to the offending part, such as `Lobby.enter -> returns[].meta`; "" where the place says it all. */
  readonly path: string;
  /** What to write instead, in one line. */
  readonly hint: string;
}

export function severityOf({ severity = "error" }: Diagnostic): Severity {
  return severity;
}
