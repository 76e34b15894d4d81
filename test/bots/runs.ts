import { afterAll, beforeAll } from "vitest";
import { Game } from "../../generated/client.js";
import { type BotsOptions, defineScenario, type Report, runBots } from "../../runtime/bots/index.js";
import { type CountedGame, startCountedGame } from "./game.js";

type Options = Omit<BotsOptions<Game>, "url">;

/** A game for the tests of a file, and runs of bots against it. */
export interface Runs {
  readonly game: CountedGame;
  /** Runs bots until the test ends them, because no machine is as fast as a test hopes; returns what they printed. */
  run(
    options: Options,
    end: AbortController,
    isTTY?: boolean,
  ): Promise<{ readonly code: number; readonly text: string; readonly progress: string }>;
  runForReport(options: Options, end: AbortController): Promise<Report & { readonly code: number }>;
}

export function useRuns(): Runs {
  let started: CountedGame | undefined;
  beforeAll(async () => {
    started = await startCountedGame();
  });
  afterAll(() => started?.[Symbol.asyncDispose]());
  const runs: Runs = {
    get game() {
      if (started === undefined) throw new Error("The game has not started yet");
      return started;
    },
    async run(options, end, isTTY = false) {
      const out: string[] = [];
      const progress: string[] = [];
      const code = await runBots(
        { url: runs.game.url, ramp: 0, duration: 3_600, ...options },
        {
          out: { write: (text) => out.push(text) },
          progress: { write: (text) => progress.push(text), isTTY },
          signal: end.signal,
        },
      );
      return { code, text: out.join(""), progress: progress.join("") };
    },
    async runForReport(options, end) {
      const { code, text } = await runs.run({ ...options, json: true }, end);
      return { code, ...JSON.parse(text) };
    },
  };
  return runs;
}

/** Rounds of one call. */
export function looking(onRound: () => void) {
  return defineScenario({
    client: Game,
    async round(client) {
      await client.ranking.top(3);
      onRound();
    },
  });
}
