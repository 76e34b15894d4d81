import type { Plan } from "./play.js";
import type { RunState } from "./run-state.js";
import type { TallyTold } from "./tally.js";

/** What a thread of bots is born with. */
export interface ThreadBirth {
  /** The URL of what it runs. */
  readonly entry: string;
  /** The scenario's file: each thread imports it for itself. */
  readonly file: string;
  readonly plan: Plan;
  readonly index: number;
  readonly of: number;
}

/** What a thread of bots is told. */
export type ToThread = "start" | "stop";

/** What a thread of bots tells. */
export type FromThread =
  | { readonly kind: "ready" }
  | { readonly kind: "state"; readonly state: RunState }
  | { readonly kind: "end"; readonly seconds: number; readonly tally: TallyTold };
