/** How a run goes. */
export interface RunState {
  /** Bots that are connected now. */
  readonly connected: number;
  /** Calls that have ended, in whatever way. */
  readonly calls: number;
  readonly pushes: number;
  /** Errors of all kinds. */
  readonly failed: number;
}
