import type { CallRecord, Kind } from "./call-record.js";
import { isQuick, type LoadResult } from "./load.js";

/** What harm did to a load. Times are in milliseconds. */
export interface Figures {
  readonly calls: number;
  readonly perSecond: number;
  /** How many calls of each kind had which outcome. */
  readonly outcomes: Readonly<Record<Kind, Readonly<Record<string, number>>>>;
  /** Between two successes, at worst. */
  readonly longestOutage: number;
  /** From the end of the harm to when the last call was made that failed; 0 when that was before. */
  readonly backAfter: number;
  /** From making a call to its end, at worst. */
  readonly longestCall: number;
  /** What 99 of 100 calls took that were answered at once: before the harm, and in the last second. */
  readonly p99Before: number;
  readonly p99After: number;
}

/** When harm was done, by `performance.now()`. */
export interface Harm {
  readonly began: number;
  readonly ended: number;
}

/** Looks at a load. */
export function figuresOf({ calls, began, ended }: LoadResult, harm: Harm): Figures {
  const outcomes: Record<Kind, Record<string, number>> = { once: {}, again: {}, nested: {}, note: {} };
  for (const { kind, outcome } of calls) {
    outcomes[kind][outcome] = (outcomes[kind][outcome] ?? 0) + 1;
  }
  const answered = calls.filter(({ outcome }) => outcome === "ok");
  const failed = calls.filter(({ hasFailed }) => hasFailed);
  const quick = answered.filter(isQuick);
  const isBefore = (call: CallRecord) => call.began + call.duration < harm.began;
  const p99 = (some: readonly CallRecord[]) => percentile(durations(some), 0.99);
  return {
    calls: calls.length,
    perSecond: Math.round((calls.length / (ended - began)) * 1_000),
    outcomes,
    longestOutage: longestGap(answered.map((call) => call.began + call.duration)),
    backAfter: highest(failed.map((call) => call.began - harm.ended)),
    longestCall: highest(durations(calls)),
    p99Before: p99(quick.filter(isBefore)),
    p99After: p99(quick.filter((call) => call.began > ended - 1_000)),
  };
}

/** As a person reads them. */
export function describeFigures(title: string, figures: Figures): string {
  const kinds = Object.entries(figures.outcomes).map(([kind, outcomes]) => {
    const counts = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
    return `    ${kind.padEnd(7)}${counts.join(", ")}`;
  });
  const { calls, perSecond, longestOutage, backAfter, longestCall, p99Before, p99After } = figures;
  const round = (milliseconds: number) => milliseconds.toFixed(0);
  return [
    `${title}: ${calls} calls, ${perSecond} a second`,
    ...kinds,
    `    longest time without an answer ${round(longestOutage)} ms, longest call ${round(longestCall)} ms`,
    `    last failing call made ${round(backAfter)} ms after the harm was over`,
    `    p99 of quick calls ${p99Before.toFixed(1)} ms before, ${p99After.toFixed(1)} ms after`,
  ].join("\n");
}

/** The value that so much of all is not above. */
export function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
}

export function durations(calls: readonly CallRecord[]): number[] {
  return calls.map(({ duration }) => duration);
}

function longestGap(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return highest(sorted.map((time, index) => time - (sorted[index - 1] ?? time)));
}

function highest(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), 0);
}
