import { connect, type Game, NameTaken } from "../../generated/client.js";
import type { Frame } from "../../idl/arena.js";
import type { Line } from "../../idl/chat.js";
import { lobby } from "../game/groups.js";
import { World } from "../game/world.js";
import { answerTo, opening, pickRemark } from "./talk.js";
import type { Temperament } from "./temperament.js";

// A bot goes home after some minutes and comes back as somebody new, so that a place in the ranking is
// never out of others' reach. Times are in milliseconds.
const shortestLife = 4 * 60_000;
const longestLife = 8 * 60_000;
/** One thinks slower than one walks. */
const framesPerThought = 6;
/** By how much a thought may miss, in radians. */
const clumsiness = 0.16;
const shortestSilence = 3 * 60_000;
const longestSilence = 9 * 60_000;
const openingDelay = 1_200;
const answerDelay = 1_600;
/** The host answers one greeting, and no others for so long. */
const answerPause = 20_000;

/** Who a bot is. */
export interface BotOptions {
  /** Where the gateway listens. */
  readonly url: string;
  readonly name: string;
  createTemperament(random: () => number): Temperament;
  /** Whether it opens the talk and answers greetings. */
  readonly isHost: boolean;
}

/** A bot's ant from when it comes onto the field until it leaves. */
export interface Life {
  /** Resolves when it has left, for whatever reason. */
  readonly over: Promise<void>;
}

/** Connects and puts an ant on the field, which stays there for some minutes or until it is stopped. */
export async function beginLife(options: BotOptions, stop: AbortSignal): Promise<Life> {
  const game = await connect(options.url);
  try {
    const life = new LiveBot(game, options, stop);
    await life.enter();
    return life;
  } catch (error) {
    await game.close();
    throw error;
  }
}

class LiveBot implements Life {
  readonly over: Promise<void>;
  readonly #game: Game;
  readonly #options: BotOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #name: string;
  #leave: () => void = () => {};
  #answeredAt = 0;

  constructor(game: Game, options: BotOptions, stop: AbortSignal) {
    this.#game = game;
    this.#options = options;
    this.#name = options.name;
    const end = new Promise<void>((resolve) => {
      this.#leave = resolve;
    });
    const leave = this.#leave;
    this.over = end.then(() => {
      // The signal outlives this life, and many others.
      stop.removeEventListener("abort", leave);
      return this.#close();
    });
    stop.addEventListener("abort", leave);
    if (stop.aborted) leave();
    this.#later(between(shortestLife, longestLife), leave);
    game.on("waiting", leave);
    game.on("closed", leave);
  }

  async enter(): Promise<void> {
    this.#name = await this.#takeName();
    await this.#walk();
    this.#game.chat.said.on((line) => this.#hear(line));
    const spoken = await this.#game.chat.join(lobby);
    if (this.#options.isHost && spoken.length === 0) this.#later(openingDelay, () => this.#say(opening));
    this.#talk();
  }

  async #takeName(): Promise<string> {
    const { name } = this.#options;
    try {
      return (await this.#game.login.enter(name)).name;
    } catch (error) {
      if (!(error instanceof NameTaken)) throw error;
      return (await this.#game.login.enter(`${name} the Second`)).name;
    }
  }

  async #walk(): Promise<void> {
    const { arena } = this.#game;
    const think = this.#options.createTemperament(Math.random);
    // Frames may overtake the field to which they belong.
    const early: Frame[] = [];
    let world: World | undefined;
    let untilThought = Math.floor(Math.random() * framesPerThought);
    const take = (frame: Frame) => {
      if (!world) {
        early.push(frame);
        return;
      }
      if (!world.apply(frame)) this.#leave();
      if (untilThought-- > 0) return;
      untilThought = framesPerThought;
      const self = world.ants.get(world.self);
      if (self) arena.steer(think(self, world) + (Math.random() - 0.5) * 2 * clumsiness);
    };
    arena.moved.on(take);
    world = new World(await arena.join());
    for (const frame of early) take(frame);
  }

  #talk(): void {
    this.#later(between(shortestSilence, longestSilence), () => {
      this.#say(pickRemark());
      this.#talk();
    });
  }

  #hear(line: Line): void {
    if (!this.#options.isHost || line.room !== lobby || line.from === this.#name) return;
    const answer = answerTo(line.text, line.from);
    if (answer === undefined || Date.now() - this.#answeredAt < answerPause) return;
    this.#answeredAt = Date.now();
    this.#later(answerDelay, () => this.#say(answer));
  }

  #say(text: string): void {
    this.#game.chat.say(lobby, text).catch((error: unknown) => {
      // What is lost with the connection nobody misses.
      if (this.#game.state === "connected") console.warn(`${this.#name} was not heard`, error);
    });
  }

  #later(ms: number, step: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      step();
    }, ms);
    this.#timers.add(timer);
  }

  async #close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await this.#game.close();
  }
}

function between(shortest: number, longest: number): number {
  return Math.round(shortest + Math.random() * (longest - shortest));
}
