import type { PushChannel, PushChannels } from "./push-channels.js";
import { covers, readFilter } from "./topic-filter.js";

const nothing = new Uint16Array(0);

/**
 * What one client subscribed to. Filters are matched when they come, not when something is pushed: a push
 * to thousands looks up one number for each of them.
 */
export class Subscriptions {
  readonly #channels: PushChannels;
  readonly #limit: number;
  readonly #filters = new Set<string>();
  /** How many filters cover each channel: in MessagePack at 2 × index, in JSON at 2 × index + 1. */
  #counts = nothing;

  constructor(channels: PushChannels, limit: number) {
    this.#channels = channels;
    this.#limit = limit;
  }

  /** Returns whether the filter is granted. */
  add(filter: string): boolean {
    const levels = readFilter(filter);
    if (levels === undefined) return false;
    if (this.#filters.has(filter)) return true;
    if (this.#filters.size >= this.#limit) return false;
    this.#filters.add(filter);
    this.#count(levels, 1);
    return true;
  }

  remove(filter: string): void {
    if (!this.#filters.delete(filter)) return;
    const levels = readFilter(filter);
    if (levels !== undefined) this.#count(levels, -1);
  }

  wantsMessagePack(channel: PushChannel): boolean {
    return this.#counts !== nothing && this.#counts[channel.index * 2] !== 0;
  }

  wantsJson(channel: PushChannel): boolean {
    return this.#counts !== nothing && this.#counts[channel.index * 2 + 1] !== 0;
  }

  #count(filter: readonly string[], change: number): void {
    const { list } = this.#channels;
    if (this.#counts === nothing) this.#counts = new Uint16Array(list.length * 2);
    for (const { index, topic, jsonTopic } of list) {
      if (covers(filter, topic.split("/"))) this.#add(index * 2, change);
      if (covers(filter, jsonTopic.split("/"))) this.#add(index * 2 + 1, change);
    }
  }

  #add(place: number, change: number): void {
    this.#counts[place] = (this.#counts[place] ?? 0) + change;
  }
}
