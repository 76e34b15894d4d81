import { type Screen, showProgress } from "./display.js";
import { formatReport } from "./format-report.js";
import { play } from "./play.js";
import { report } from "./report.js";
import type { Scenario } from "./scenario.js";
import { Tally } from "./tally.js";

/** What `antwire bots` is told. */
export interface BotsOptions<Game = unknown> {
  readonly scenario: Scenario<Game>;
  /** Where the gateway listens; default `mqtt://127.0.0.1:1883`. */
  readonly url?: string | undefined;
  /** How many bots play; default 100. */
  readonly bots?: number | undefined;
  /** Seconds in which they come; default one for every 200 bots. */
  readonly ramp?: number | undefined;
  /** Seconds from the first bot to the end; default 30. */
  readonly duration?: number | undefined;
  /** Rounds that begin in a second, over all bots; default as many as they manage. */
  readonly rate?: number | undefined;
  /** Errors beyond which the exit code is 1; default 0. */
  readonly maxErrors?: number | undefined;
  /** Whether the report is JSON. */
  readonly json?: boolean | undefined;
}

/** Where it writes, and what ends it before its time. */
export interface BotsIo {
  /** For the report. */
  readonly out: Screen;
  /** For the state of things while it runs. */
  readonly progress: Screen;
  readonly signal: AbortSignal;
}

/** Lets bots play against a running game, and prints what came of it. Resolves with the exit code. */
export async function runBots<Game>(
  options: BotsOptions<Game>,
  { out, progress, signal }: BotsIo,
): Promise<0 | 1> {
  const { bots = 100, duration = 30, maxErrors = 0, scenario, url = "mqtt://127.0.0.1:1883" } = options;
  const { ramp = bots / 200, rate } = options;
  const tally = new Tally();
  const stopShowing = showProgress(progress, tally, { bots, seconds: duration });
  let seconds: number;
  try {
    seconds = await play({ url, scenario, bots, ramp, duration, rate, tally, signal });
  } finally {
    stopShowing();
  }
  const result = report(tally, { url, bots, seconds });
  out.write(`${options.json === true ? JSON.stringify(result, null, 2) : formatReport(result)}\n`);
  return result.failed > maxErrors ? 1 : 0;
}
