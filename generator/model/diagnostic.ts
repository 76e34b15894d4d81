import type { DiagnosticCode } from "./diagnostic-codes.js";
import type { Location } from "./location.js";

/** Something in the IDL that has to change. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly at: Location;
  /** What is wrong, in one line. */
  readonly message: string;
  /** The way to the offending part, such as `Lobby.enter -> returns[].meta`; "" where the place says it all. */
  readonly path: string;
  /** What to write instead, in one line. */
  readonly hint: string;
}
