import type { ConnectOptions } from "../client/connect-options.js";
import type { Connection } from "../client/link.js";

/** One bot, as its scenario sees it. */
export interface Bot {
  /** From 0 up; no other bot has it. */
  readonly number: number;
  /** Aborted when the run is over. */
  readonly signal: AbortSignal;
  /** A number from 0 up to 1; for a bot of one number the same sequence in every run. */
  random(): number;
  /** Resolves after so many milliseconds. When the run is over it never returns: the round ends there. */
  pause(milliseconds: number): Promise<void>;
}

/** What bots do. */
export interface Scenario<Game> {
  /** The generated `Game`. */
  readonly client: new (
    connection: Connection,
  ) => Game;
  /** How a bot connects; default: as a guest. */
  connect?(bot: Bot): ConnectOptions<Game> | Promise<ConnectOptions<Game>>;
  /** Runs once for each bot, when it has connected: what it listens to, how it enters. */
  begin?(game: Game, bot: Bot): void | Promise<void>;
  /** One round, which a bot begins again and again. An error that it does not catch ends the round. */
  round(game: Game, bot: Bot): void | Promise<void>;
}

/** Describes what bots do: the default export of the file that `antwire bots` is given. */
export function defineScenario<Game>(scenario: Scenario<Game>): Scenario<Game> {
  return scenario;
}
