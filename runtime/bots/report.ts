import type { Outcomes, Tally } from "./tally.js";

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
  /** Bots that were connected at the end. */
  readonly connected: number;
  readonly seconds: number;
  readonly connects: OutcomesReport;
  /** How often a connection was lost. */
  readonly lost: number;
  readonly rounds: OutcomesReport;
  /** Rounds that were left out because no bot was free when their time had come. */
  readonly late: number;
  readonly calls: readonly (OutcomesReport & { readonly method: string })[];
  /** One-way calls. */
  readonly sent: readonly { readonly method: string; readonly count: number }[];
  readonly pushes: readonly { readonly push: string; readonly count: number; readonly perSecond: number }[];
  readonly errors: readonly ErrorReport[];
  /** The sum of all errors, which `--max-errors` is about. */
  readonly failed: number;
}

/** Sums up a run. */
export function report(
  tally: Tally,
  { url, bots, seconds }: { readonly url: string; readonly bots: number; readonly seconds: number },
): Report {
  const calls = sorted(tally.calls);
  return {
    url,
    bots,
    connected: tally.connected,
    seconds: round(seconds),
    connects: describe(tally.connects, seconds),
    lost: tally.lost,
    rounds: describe(tally.rounds, seconds),
    late: tally.late,
    calls: calls.map(([method, outcomes]) => ({ method, ...describe(outcomes, seconds) })),
    sent: sorted(tally.sent).map(([method, count]) => ({ method, count })),
    pushes: sorted(tally.pushes).map(([push, count]) => ({ push, count, perSecond: round(count / seconds) })),
    errors: [
      ...errorsOf("connect", tally.connects),
      ...errorsOf("scenario", tally.rounds),
      ...calls.flatMap(([method, outcomes]) => errorsOf(method, outcomes)),
    ],
    failed: tally.failed,
  };
}

function describe(outcomes: Outcomes, seconds: number): OutcomesReport {
  const { times, declared, failed } = outcomes;
  return {
    answered: times.count,
    declared,
    errors: failed,
    perSecond: round(times.count / seconds),
    times: times.count === 0 ? null : timesOf(outcomes),
  };
}

function timesOf({ times }: Outcomes): Times {
  const at = (percent: number) => round(times.percentile(percent) / 1_000);
  return { p50: at(50), p90: at(90), p99: at(99), p999: at(99.9), max: round(times.max / 1_000) };
}

function errorsOf(what: string, { errors }: Outcomes): ErrorReport[] {
  return [...errors].map(([code, { count, example }]) => ({ what, code, count, example }));
}

function sorted<T>(entries: ReadonlyMap<string, T>): [string, T][] {
  return [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
}

function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : 0;
}
