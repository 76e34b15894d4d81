import type { OutcomesReport, Report } from "./report.js";

/** Milliseconds that bots may be late at p99 without a word. Below are the timers of Node, which count whole ones. */
const tooLate = 10;

/** The report for people. */
export function formatReport(report: Report): string {
  const {
    bots,
    calls,
    connects,
    errors,
    late,
    loopDelays,
    lost,
    pushes,
    rounds,
    seconds,
    sent,
    threads,
    url,
  } = report;
  const sections = [
    `${number(bots)} bots at ${url}, ${number(seconds)} s${threads > 1 ? `, ${threads} threads` : ""}`,
    formatTable([
      ["", "answered", "per second", "errors", "p50", "p90", "p99", "p99.9", "max", "in ms"],
      row("connect", connects),
      row("round", rounds),
      ...calls.map((outcomes) => row(outcomes.method, outcomes)),
    ]),
  ];
  if (sent.length > 0) {
    sections.push(
      formatTable([["one-way", "sent"], ...sent.map(({ method, count }) => [method, number(count)])]),
    );
  }
  if (pushes.length > 0) {
    const rows = pushes.map(({ push, count, perSecond }) => [push, number(count), number(perSecond)]);
    sections.push(formatTable([["pushes", "received", "per second"], ...rows]));
  }
  if (lost > 0) sections.push(`Connections were lost ${number(lost)} times.`);
  if (late > 0) {
    sections.push(
      `${number(late)} rounds had not begun at the end, though it was time: no bot was free. Take more bots, or a lower rate.`,
    );
  }
  if (loopDelays.p99 >= tooLate) {
    sections.push(
      `The bots' own event loop was late by ${milliseconds(loopDelays.p99)} ms at p99 and by ${milliseconds(loopDelays.max)} ms at most, and so\n` +
        "are the times above: do not blame the server for them. Take more --threads, fewer bots, or a machine of their own.",
    );
  }
  if (errors.length > 0) {
    const rows = errors.map(({ what, code, count, example }) => [what, code, number(count), `  ${example}`]);
    sections.push(formatTable([["errors", "code", "count", "  the first one"], ...rows], 2));
  }
  return sections.join("\n\n");
}

function row(name: string, { answered, errors, perSecond, times }: OutcomesReport): string[] {
  const counts = [name, number(answered), number(perSecond), number(errors)];
  if (times === null) return counts;
  return [...counts, ...[times.p50, times.p90, times.p99, times.p999, times.max].map(milliseconds)];
}

/**
 * Columns under each other; numbers stand to the right.
 *
 * @param words how many columns at the beginning stand to the left
 */
function formatTable(rows: readonly (readonly string[])[], words = 1): string {
  const columns = Math.max(...rows.map((cells) => cells.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((cells) => (cells[i] ?? "").length)),
  );
  return rows
    .map((cells) =>
      cells
        .map((cell, i) => {
          const isText = i < words || cell.startsWith("  ");
          return isText ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function number(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
}

function milliseconds(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : 0 });
}
