import { align, rate, time } from "../../harness/report.js";
import type { Result, Standing } from "./compete.js";

/** A standing as lines for a terminal. */
export function describeStanding(standing: Standing): string {
  const [head = [], ...rows] = cells(standing);
  return [
    ...align([head, ...rows.map(([label, ...rest]) => [`  ${label}`, ...rest])]),
    ...best(standing),
  ].join("\n");
}

/** A standing as a table in Markdown. */
export function toMarkdown(standing: Standing): string {
  const [head = [], ...rows] = cells(standing);
  const line = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  return [
    line(head),
    line(head.map((_, i) => (i < 2 ? "---" : "--:"))),
    ...rows.map(line),
    "",
    ...best(standing),
  ].join("\n");
}

function cells({ title, results }: Standing): string[][] {
  const beside = besides.filter(({ of }) => results.some((result) => of(result) !== undefined));
  return [
    [title, "checked", "calls/s", "p50", "p99", "CPU/call", ...beside.map(({ head }) => head)],
    ...results.map((result) => [
      `${result.label}${result.version && ` (${result.version})`}`,
      result.checks,
      rate(result.callsPerSecond),
      time(result.p50),
      time(result.p99),
      time(result.cpu),
      ...beside.map(({ of }) => duration(of(result))),
    ]),
  ];
}

/** CPU that is not what is measured, in the contests that have it. */
const besides: readonly { readonly head: string; of(result: Result): number | undefined }[] = [
  { head: "broker's", of: ({ brokerCpu }) => brokerCpu },
  { head: "client's", of: ({ clientCpu }) => clientCpu },
];

function duration(microseconds: number | undefined): string {
  return microseconds === undefined ? "" : time(microseconds);
}

/** Who of the frameworks is first. */
function best({ results }: Standing): string[] {
  const frameworks = results.filter(({ isFloor }) => !isFloor);
  const first = (cost: (result: Result) => number) =>
    frameworks.reduce((a, b) => (cost(b) < cost(a) ? b : a)).label;
  const [calls, p50] = [first((result) => -result.callsPerSecond), first((result) => result.p50)];
  const [p99, cpu] = [first((result) => result.p99), first((result) => result.cpu)];
  return [`First by calls: ${calls}; by p50: ${p50}; by p99: ${p99}; by CPU: ${cpu}.`];
}
