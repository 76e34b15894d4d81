/** A flag of a command. */
export interface Flag {
  /** What its value is called, such as `port`; a flag without one is on or off. */
  readonly value?: string;
  readonly about: string;
}

/** How a command is called: all that its help says, and what is checked of what it is told. */
export interface Usage {
  /** What follows `antwire`: `start [process]`. `<…>` has to be there, `[…]` may be, `…` may be many. */
  readonly synopsis: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** More about it, in lines of at most 100 characters. */
  readonly details?: string;
  /** By name, without dashes. */
  readonly flags: Readonly<Record<string, Flag>>;
  /** Whole command lines. */
  readonly examples: readonly string[];
}

/** The help of one command. */
export function formatUsage({ synopsis, summary, details, flags, examples }: Usage): string {
  const rows = Object.entries({ ...flags, help: { about: "Print this" } }).map(
    ([name, { value, about }]: [string, Flag]) =>
      [value === undefined ? `--${name}` : `--${name} <${value}>`, about] as const,
  );
  return [
    `antwire ${synopsis}`,
    summary,
    ...(details === undefined ? [] : [details]),
    formatRows(rows),
    `Examples:\n${examples.map((example) => `  ${example}`).join("\n")}`,
  ].join("\n\n");
}

/** Two columns. */
export function formatRows(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`.trimEnd()).join("\n");
}
