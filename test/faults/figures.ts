import { isQuick, type Kind, type LoadResult } from "./load.js";

/** What harm did to a load. */
export interface Figures {
  readonly calls: number;
  readonly perSecond: number;
  /** How many calls of each kind had which outcome. */
  readonly outcomes: Readonly<Record<Kind, Readonly<Record<string, number>>>>;
  /** Milliseconds between two successes, at worst. */
  readonly longestOutage: number;
  /** Milliseconds from the end of the harm to when the last call was made that failed; 0 when that was before. */
  readonly backAfter: number;
  /** Milliseconds from making a call to its end, at worst. */
  readonly longestCall: number;
  /** Milliseconds that 99 of 100 calls took that were answered at once: before the harm, and in the last second. */
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
  const failed = calls.filter(({ outcome }) => outcome !== "ok" && outcome !== "sent");
  const times = calls.flatMap((call) => (call.ended === undefined ? [] : [call.ended - call.began]));
  const quick = (from: number, to: number) =>
    answered.filter((call) => isQuick(call) && call.began >= from && (call.ended ?? to) < to);
  const p99 = (some: typeof answered) =>
    percentile(
      some.map((call) => (call.ended ?? Infinity) - call.began),
      0.99,
    );
  return {
    calls: calls.length,
    perSecond: Math.round((calls.length / (ended - began)) * 1_000),
    outcomes,
    longestOutage: Math.round(longestGap(answered.map((call) => call.ended ?? 0))),
    backAfter: Math.round(failed.reduce((last, call) => Math.max(last, call.began - harm.ended), 0)),
    longestCall: Math.round(times.reduce((longest, time) => Math.max(longest, time), 0)),
    p99Before: p99(quick(0, harm.began)),
    p99After: p99(quick(ended - 1_000, Infinity)),
  };
}

/** As a person reads them. */
export function describeFigures(title: string, figures: Figures): string {
  const kinds = Object.entries(figures.outcomes).map(([kind, outcomes]) => {
    const counts = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
    return `    ${kind.padEnd(7)}${counts.join(", ")}`;
  });
  const { calls, perSecond, longestOutage, backAfter, longestCall, p99Before, p99After } = figures;
  return [
    `${title}: ${calls} calls, ${perSecond} a second`,
    ...kinds,
    `    longest time without an answer ${longestOutage} ms, longest call ${longestCall} ms`,
    `    last failing call made ${backAfter} ms after the harm was over`,
    `    p99 of quick calls ${p99Before.toFixed(1)} ms before, ${p99After.toFixed(1)} ms after`,
  ].join("\n");
}

function longestGap(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted.reduce((longest, time, index) => Math.max(longest, time - (sorted[index - 1] ?? time)), 0);
}

/** The value that so much of all is not above. */
export function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
}
