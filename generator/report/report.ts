import type { Change } from "../model/change.js";
import type { Diagnostic } from "../model/diagnostic.js";

/** What a run has to tell, in each format. */
export interface Report {
  /** Whether nothing is wrong. The exit code is 0 then, and 1 otherwise. */
  readonly ok: boolean;
  /** Errors and warnings, in the order of the files. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the edit does to programs that are out already, breaks first. */
  readonly evolution: readonly Change[];
  /** With `--check`: paths of files that a run would write or remove. */
  readonly stale: readonly string[];
  /** Paths of files that the run wrote or removed. */
  readonly written: readonly string[];
}
