import type { Bar } from "./benchmark.js";
import type { Outcome, Verdict } from "./compare.js";
import type { Hardware } from "./hardware.js";

export function describeHardware(hardware: Hardware): string {
  const { cpu, cores, memoryGiB, platform, node } = hardware;
  return `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${platform}, Node ${node}`;
}

/** A comparison as a small table and a line for each verdict. */
export function describeOutcome(outcome: Outcome): string {
  const { floor, rivals, subject } = outcome;
  const rows = [floor, ...rivals, subject].map((side) => [
    `  ${side.label}`,
    rate(side.callsPerSecond),
    time(side.p50),
    time(side.p99),
    time(side.cpu),
    side.bytes === undefined ? "" : `${side.bytes} B`,
    side.memory === undefined ? "" : `${Math.round(side.memory)} MiB`,
    side.brokerCpu === undefined ? "" : `broker ${time(side.brokerCpu)}`,
  ]);
  const table = align([[outcome.title, "calls/s", "p50", "p99", "CPU/call", "", "", ""], ...rows]);
  return [...table, ...outcome.verdicts.map(describeVerdict)].join("\n");
}

function describeVerdict({ bar, against, measured, met }: Verdict): string {
  const figure = describeFigure(bar, measured);
  return `  ${met ? "✓" : "✗"} ${figure} (bar: ${describeBar(bar)}${against === undefined ? "" : `, against ${against}`})${met ? "" : " MISSED"}`;
}

function describeFigure({ kind }: Bar, measured: number): string {
  if (kind === "rate") return `${rate(measured)} calls/s`;
  if (kind === "bytes") return `${rate(measured)}B each`;
  return kind === "under" || kind === "tail" ? time(measured * 1000) : `${measured.toFixed(2)}x`;
}

function describeBar(bar: Bar): string {
  switch (bar.kind) {
    case "within":
      return `within ${bar.times}x of the CPU per call`;
    case "faster":
      return `${bar.times}x as fast by CPU per call`;
    case "latency":
      return `within ${bar.times}x of the p50`;
    case "throughput":
      return `${bar.times}x the calls/s`;
    case "rate":
      return `${rate(bar.callsPerSecond)} calls/s`;
    case "under":
      return `under ${bar.milliseconds} ms`;
    case "tail":
      return `p99 under ${bar.milliseconds} ms`;
    case "bytes":
      return `at most ${rate(bar.most)}B`;
  }
}

/** In microseconds, with three digits that count. */
export function time(microseconds: number): string {
  if (microseconds >= 1e6) return `${Number((microseconds / 1e6).toPrecision(3))} s`;
  if (microseconds < 1) return `${Math.round(microseconds * 1000)} ns`;
  return microseconds < 1000
    ? `${Number(microseconds.toPrecision(3))} us`
    : `${Number((microseconds / 1000).toPrecision(3))} ms`;
}

export function rate(perSecond: number): string {
  if (perSecond >= 1e6) return `${Number((perSecond / 1e6).toPrecision(3))} M`;
  if (perSecond >= 1e3) return `${Number((perSecond / 1e3).toPrecision(3))} k`;
  return `${perSecond >= 10 ? Math.round(perSecond) : Number(perSecond.toPrecision(2))}`;
}

/** The first column to the left, the others to the right. */
export function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}
