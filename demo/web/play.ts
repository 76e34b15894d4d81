import { connect, type Game, NameTaken } from "../../generated/client.js";
import type { Field, Frame } from "../../idl/arena.js";
import type { Line } from "../../idl/chat.js";
import type { Player } from "../../idl/login.js";
import type { Score } from "../../idl/ranking.js";
import { lobby } from "../game/groups.js";
import { inventName } from "./player-name.js";

const retryMs = 1_500;
const rankingMs = 2_000;
const rankingLength = 10;
const maxNameLength = 20;
/** Names that are tried before the player hears that something is wrong. */
const nameAttempts = 9;
/** Frames that may arrive before the field does to which they belong. */
const maxEarlyFrames = 100;
const away = "The server is away, trying again…";

/** Hears what goes on. */
export interface Audience {
  /** The player has a name, or a new one. */
  onPlayer(player: Player): void;
  /** The player's ant is on the field, for the first time or again. */
  onField(field: Field): void;
  /** @returns false where frames before this one were lost */
  onFrame(frame: Frame): boolean;
  /** What was said in the lobby before. */
  onTalk(lines: readonly Line[]): void;
  onLine(line: Line): void;
  onScores(scores: readonly Score[]): void;
  /** Why the game stands still, in words for the player; undefined when it goes on. */
  onTrouble(trouble: string | undefined): void;
}

/** Plays the game: enters in each new session, and joins whenever the connection was lost. */
export class Play {
  readonly #url: string;
  readonly #audience: Audience;
  #name: string;
  #game: Game | undefined;
  /** As whom the session has entered. */
  #player: Player | undefined;
  /** Undefined while the field is there to which frames belong. */
  #early: Frame[] | undefined = [];
  /** Counts the attempts to get into the game, of which only the last goes on. */
  #attempts = 0;

  constructor(url: string, name: string, audience: Audience) {
    this.#url = url;
    this.#name = name;
    this.#audience = audience;
  }

  async start(): Promise<void> {
    const game = await this.#connect();
    this.#game = game;
    game.arena.moved.on((frame) => this.#take(game, frame));
    game.chat.said.on((line) => line.room === lobby && this.#audience.onLine(line));
    game.on("connected", () => this.#begin(game));
    game.on("waiting", () => {
      this.#attempts++;
      this.#early = [];
      this.#audience.onTrouble(away);
    });
    setInterval(() => {
      if (game.state === "connected" && !document.hidden) this.#rank(game);
    }, rankingMs);
    this.#begin(game);
  }

  steer(heading: number): void {
    this.#game?.arena.steer(heading);
  }

  async say(text: string): Promise<void> {
    if (!this.#game) throw new Error(away);
    await this.#game.chat.say(lobby, text);
  }

  /** Gives the player another name. Rejects with `NameTaken` where somebody else goes by it. */
  async rename(name: string): Promise<void> {
    const game = this.#game;
    if (!game) throw new Error(away);
    const player = await game.login.enter(name);
    this.#name = player.name;
    this.#player = player;
    this.#audience.onPlayer(player);
    // Joining again tells the arena of the name, and so everybody else.
    await game.arena.join();
  }

  /** A page outlives a server that is started again, and may be there before it. */
  async #connect(): Promise<Game> {
    for (;;) {
      try {
        return await connect(this.#url, { login: (game) => this.#enter(game) });
      } catch (error) {
        console.warn("cannot connect", error);
        this.#audience.onTrouble(away);
        await sleep(retryMs);
      }
    }
  }

  /** Gets into the game, however often it takes. */
  async #begin(game: Game): Promise<void> {
    const attempt = ++this.#attempts;
    this.#early = [];
    while (attempt === this.#attempts) {
      try {
        const [field, lines] = await Promise.all([game.arena.join(), game.chat.join(lobby)]);
        if (attempt === this.#attempts) this.#show(game, { field, lines });
        return;
      } catch (error) {
        // Without a connection all begins anew when there is one again.
        if (attempt !== this.#attempts) return;
        console.warn(error);
        this.#audience.onTrouble(error instanceof Error ? error.message : String(error));
        await sleep(retryMs);
      }
    }
  }

  /** Enters under the player's name or, where that is taken, under one like it. */
  async #enter(game: Game): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.#player = await game.login.enter(variant(this.#name, attempt));
        return;
      } catch (error) {
        if (!(error instanceof NameTaken) || attempt === nameAttempts) throw error;
      }
    }
  }

  #show(game: Game, scene: { field: Field; lines: readonly Line[] }): void {
    const frames = this.#early ?? [];
    this.#early = undefined;
    this.#audience.onTrouble(undefined);
    if (this.#player) this.#audience.onPlayer(this.#player);
    this.#audience.onField(scene.field);
    this.#audience.onTalk(scene.lines);
    for (const frame of frames) this.#take(game, frame);
    this.#rank(game);
  }

  #take(game: Game, frame: Frame): void {
    if (this.#early) {
      this.#early.push(frame);
      if (this.#early.length > maxEarlyFrames) this.#early.shift();
    } else if (!this.#audience.onFrame(frame)) {
      this.#begin(game);
    }
  }

  #rank(game: Game): void {
    game.ranking.top(rankingLength).then(
      (scores) => this.#audience.onScores(scores),
      (error: unknown) => console.warn("no ranking this time", error),
    );
  }
}

function variant(name: string, attempt: number): string {
  if (attempt === 1) return name;
  if (attempt > nameAttempts / 2) return inventName();
  const suffix = ` ${attempt}`;
  return name.slice(0, maxNameLength - suffix.length) + suffix;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
