import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "../client/link.js";
import { openGame, platform } from "../client/open-connection.js";
import type { Unpack } from "../client/subscriptions.js";
import { RpcError } from "../error/rpc-error.js";
import { type BackOff, backOff } from "../transport/back-off.js";
import { MeasuredConnection } from "./measured-connection.js";
import type { Pace } from "./pace.js";
import { createRandom } from "./random.js";
import type { Bot, Scenario } from "./scenario.js";
import type { Tally } from "./tally.js";

/** What all bots of a run share. */
export interface Run<Game> {
  readonly url: string;
  readonly scenario: Scenario<Game>;
  readonly tally: Tally;
  readonly pace: Pace;
  readonly unpack: Unpack;
  /** Aborted when the run is over. */
  readonly signal: AbortSignal;
}

/** After a connect or a round that failed. */
const waits: BackOff = { shortest: 250, longest: 5_000 };

/** Ends a round that waits when the run is over. */
class RunOver extends Error {}

/** A bot that plays rounds until its run is over. */
export class LiveBot<Game> implements Bot {
  readonly number: number;
  readonly random: () => number;
  readonly #run: Run<Game>;
  #connection: Connection | undefined = undefined;
  #failures = 0;

  constructor(number: number, run: Run<Game>) {
    this.number = number;
    this.random = createRandom(number);
    this.#run = run;
  }

  get signal(): AbortSignal {
    return this.#run.signal;
  }

  async pause(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.signal });
    } catch {
      // It rejects for no other reason.
      throw new RunOver();
    }
  }

  /** Resolves when the run is over and the bot's last round has ended. Never rejects. */
  async live(): Promise<void> {
    while (!this.signal.aborted) {
      const game = await this.#attempt(() => this.#connect());
      if (game !== undefined) await this.#play(game.client);
    }
  }

  async close(): Promise<void> {
    if (this.#connection === undefined) return;
    this.#run.tally.connected--;
    await this.#connection.close();
    this.#connection = undefined;
  }

  /** Plays for as long as the connection comes back. */
  async #play(client: Game): Promise<void> {
    const { pace } = this.#run;
    while (!this.signal.aborted && this.#connection?.state !== "closed") {
      const due = await pace.turn();
      if (this.signal.aborted) return;
      await this.#attempt(() => this.#round(client, due));
    }
    if (!this.signal.aborted) await this.close();
  }

  async #connect(): Promise<{ readonly client: Game }> {
    const { scenario, tally, url } = this.#run;
    const options = (await this.#own(() => scenario.connect?.(this))) ?? {};
    const start = performance.now();
    let connection: Connection | undefined;
    let client: Game;
    try {
      client = await openGame(
        url,
        (plain) => {
          connection = plain;
          return new scenario.client(new MeasuredConnection(plain, tally));
        },
        options,
        { ...platform, unpack: this.#run.unpack },
      );
    } catch (error) {
      if (!tally.isClosed) tally.connects.fail(error, performance.now() - start);
      throw error;
    }
    if (tally.isClosed) {
      // Everybody else has gone while it connected.
      await connection?.close();
      throw new RunOver();
    }
    tally.connects.succeed(performance.now() - start);
    tally.connected++;
    this.#connection = connection;
    connection?.on("waiting", () => {
      if (!tally.isClosed) tally.lost++;
    });
    try {
      await this.#own(() => scenario.begin?.(client, this));
    } catch (error) {
      await this.close();
      throw error;
    }
    return { client };
  }

  /** @param due when it should have begun: a player would have waited since then */
  async #round(client: Game, due: number): Promise<void> {
    const { scenario, tally } = this.#run;
    await this.#own(() => scenario.round(client, this));
    tally.rounds.succeed(performance.now() - due);
  }

  /** Runs what the scenario says. Errors of its calls are counted with the calls; all others are its own. */
  async #own<T>(step: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await step();
    } catch (error) {
      const { tally } = this.#run;
      const isCounted = error instanceof RpcError || error instanceof RunOver || tally.isClosed;
      if (!isCounted) tally.rounds.fail(error, performance.now() - start);
      throw error;
    }
  }

  /** Takes a step; where it fails the bot rests, so that nothing fails as fast as it can. */
  async #attempt<T>(step: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await step();
      this.#failures = 0;
      return result;
    } catch {
      // Whoever took the step has counted it.
      if (!this.signal.aborted) await this.#rest();
      return undefined;
    }
  }

  async #rest(): Promise<void> {
    try {
      await this.pause(backOff(waits, this.#failures++, this.random()));
    } catch (error) {
      if (!(error instanceof RunOver)) throw error;
    }
  }
}
