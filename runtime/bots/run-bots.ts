import { BotsError } from "./bots-error.js";
import { type Screen, showProgress } from "./display.js";
import { formatReport } from "./format-report.js";
import { loadScenario } from "./load-scenario.js";
import { type Plan, play } from "./play.js";
import { playOnThreads } from "./play-on-threads.js";
import type { RunState } from "./run-state.js";
import type { Scenario } from "./scenario.js";
import { sumUp } from "./sum-up.js";
import { Tally } from "./tally.js";

/** What `antwire bots` is told. */
export interface BotsOptions<Game = unknown> {
  /** What they do, or the path of the file whose default export that is. */
  readonly scenario: Scenario<Game> | string;
  /** Where the gateway listens; default `mqtt://127.0.0.1:1883`. */
  readonly url?: string | undefined;
  /** How many bots play; default 100. */
  readonly bots?: number | undefined;
  /** Worker threads that they are spread over; default 1, which is the caller's own. More take a scenario's file. */
  readonly threads?: number | undefined;
  /** Seconds in which they come; default one for every 200 bots. */
  readonly ramp?: number | undefined;
  /** Seconds from the first bot to the end; default 30. */
  readonly duration?: number | undefined;
  /**
   * Rounds that begin in a second, over all bots, and while they come in proportion; default as many as they
   * manage. The times of rounds count from when they should have begun.
   */
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

/**
 * Lets bots play against a running game, and prints what came of it. Resolves with the exit code.
 *
 * @throws BotsError for what makes no sense. What the scenario's file throws passes through.
 */
export async function runBots<Game>(
  options: BotsOptions<Game>,
  { out, progress, signal }: BotsIo,
): Promise<0 | 1> {
  const { bots = 100, duration = 30, maxErrors = 0, rate, url = "mqtt://127.0.0.1:1883" } = options;
  const { ramp = bots / 200 } = options;
  const threads = Math.min(options.threads ?? 1, bots);
  const tally = new Tally();
  const parts = { plan: { url, bots, ramp, duration, rate }, tally, signal };
  const run = await prepare(options.scenario, threads, parts);
  const stopShowing = showProgress(progress, run.state, { bots, seconds: duration });
  let seconds: number;
  try {
    seconds = await run.play();
  } finally {
    stopShowing();
  }
  const result = sumUp(tally, { url, bots, threads, seconds });
  out.write(`${options.json === true ? JSON.stringify(result, null, 2) : formatReport(result)}\n`);
  return result.failed > maxErrors ? 1 : 0;
}

interface RunParts {
  readonly plan: Plan;
  readonly tally: Tally;
  readonly signal: AbortSignal;
}

interface PreparedRun {
  state(): RunState;
  /** Resolves with the seconds that it took, when everything is in the tally. */
  play(): Promise<number>;
}

async function prepare<Game>(
  scenario: Scenario<Game> | string,
  threads: number,
  parts: RunParts,
): Promise<PreparedRun> {
  if (typeof scenario !== "string") {
    if (threads > 1) throw new BotsError("Bots on threads take the scenario's file, not the scenario");
    return onThisThread(scenario, parts);
  }
  // Here too where threads load it for themselves: what is wrong with it is told once then.
  const loaded = await loadScenario(scenario);
  return threads === 1 ? onThisThread(loaded, parts) : onThreads(scenario, threads, parts);
}

function onThisThread<Game>(scenario: Scenario<Game>, parts: RunParts): PreparedRun {
  return { state: () => parts.tally.state, play: () => play({ ...parts, scenario }) };
}

function onThreads(file: string, threads: number, parts: RunParts): PreparedRun {
  const states: RunState[] = [];
  const onState = (thread: number, state: RunState) => {
    states[thread] = state;
  };
  return { state: () => addUp(states), play: () => playOnThreads({ ...parts, file, threads, onState }) };
}

/** Threads that have not said anything yet are holes. */
function addUp(states: readonly RunState[]): RunState {
  let [connected, calls, pushes, failed] = [0, 0, 0, 0];
  states.forEach((state) => {
    connected += state.connected;
    calls += state.calls;
    pushes += state.pushes;
    failed += state.failed;
  });
  return { connected, calls, pushes, failed };
}
