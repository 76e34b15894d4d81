import { setTimeout as sleep } from "node:timers/promises";
import { type BotOptions, beginLife, type Life } from "./life.js";

const restMs = 1_500;
const restAfterTroubleMs = 5_000;

/** A client that plays by itself, one life after the other. */
export class Bot {
  readonly #options: BotOptions;
  readonly #stop = new AbortController();
  #over = Promise.resolve();

  constructor(options: BotOptions) {
    this.#options = options;
  }

  /** Resolves when its ant is on the field. What goes wrong later is logged, and another life begins. */
  async start(): Promise<void> {
    const life = await beginLife(this.#options, this.#stop.signal);
    this.#over = this.#goOn(life);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#over;
  }

  async #goOn(first: Life): Promise<void> {
    const { signal } = this.#stop;
    let life: Life | undefined = first;
    while (!signal.aborted) {
      await life?.over;
      await rest(life ? restMs : restAfterTroubleMs, signal);
      if (signal.aborted) return;
      life = await this.#tryAgain(signal);
    }
    await life?.over;
  }

  async #tryAgain(signal: AbortSignal): Promise<Life | undefined> {
    try {
      return await beginLife(this.#options, signal);
    } catch (error) {
      console.warn(`${this.#options.name} cannot play`, error);
      return undefined;
    }
  }
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
