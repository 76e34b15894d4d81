/** How long something took, in milliseconds. */
export interface Times {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** Errors of one kind. */
export interface ErrorReport {
  /** The method, `connect`, or `scenario` for what the scenario itself threw. */
  readonly what: string;
  /** The code of an `RpcError`, or `error`. */
  readonly code: string;
  readonly count: number;
  /** The message of the first one. */
  readonly example: string;
}

/** What came of a thing that bots did again and again. */
export interface OutcomesReport {
  /** How many were answered, declared failures included. */
  readonly answered: number;
  /** How many of these with a failure that the IDL declares. */
  readonly declared: number;
  readonly errors: number;
  readonly perSecond: number;
  /** In milliseconds, of those that were answered; null where there were none. */
  readonly times: Times | null;
}

/** The outcome of a run: what `antwire bots --json` prints. */
export interface Report {
  readonly url: string;
  readonly bots: number;
  /** Threads that they were spread over. */
  readonly threads: number;
  /** Bots that were connected at the end. */
  readonly connected: number;
  readonly seconds: number;
  readonly connects: OutcomesReport;
  /** How often a connection was lost. */
  readonly lost: number;
  readonly rounds: OutcomesReport;
  /** Rounds that should have begun and never did, because no bot was free. */
  readonly late: number;
  /** How late the event loop of the bots was, which makes all other times longer than the server made them. */
  readonly loopDelays: Times;
  readonly calls: readonly (OutcomesReport & { readonly method: string })[];
  /** One-way calls. */
  readonly sent: readonly { readonly method: string; readonly count: number }[];
  readonly pushes: readonly { readonly push: string; readonly count: number; readonly perSecond: number }[];
  readonly errors: readonly ErrorReport[];
  /** The sum of all errors, which `--max-errors` is about. */
  readonly failed: number;
}
