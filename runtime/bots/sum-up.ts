import type { Histogram } from "node:perf_hooks";
import type { ErrorReport, OutcomesReport, Report, Times } from "./report.js";
import type { Outcomes, Tally } from "./tally.js";

/** Sums up a run. */
export function sumUp(tally: Tally, run: Pick<Report, "url" | "bots" | "threads" | "seconds">): Report {
  const { seconds } = run;
  const calls = sorted(tally.calls);
  return {
    ...run,
    connected: tally.connected,
    seconds: round(seconds),
    connects: describe(tally.connects, seconds),
    lost: tally.lost,
    rounds: describe(tally.rounds, seconds),
    late: tally.late,
    loopDelays: timesOf(tally.loopDelays),
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
    times: times.count === 0 ? null : timesOf(times),
  };
}

function timesOf(times: Histogram): Times {
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
