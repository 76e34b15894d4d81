import type { GatewayLimits } from "../config/gateway-limits.js";
import { type PushChannels, placeOf } from "./push-channels.js";
import { covers, readFilter } from "./topic-filter.js";

const nothing = new Uint16Array(0);

/**
 * What one client subscribed to. Filters are matched when they come, not when something is pushed: a push
 * to thousands looks up one number for each of them.
 */
export class Subscriptions {
  readonly #channels: PushChannels;
  readonly #limits: GatewayLimits;
  /** Whether each filter asks for QoS 1 or 2. */
  #filters: Map<string, boolean> | undefined = undefined;
  /** How many filters cover each push, in each form, by its place. */
  #counts = nothing;
  /** How many of these ask for QoS 1 or 2. */
  #acknowledged = nothing;

  constructor(channels: PushChannels, limits: GatewayLimits) {
    this.#channels = channels;
    this.#limits = limits;
  }

  /** Returns whether the filter is granted. */
  add(filter: string, qos: number): boolean {
    const { subscriptions, topicBytes, topicLevels } = this.#limits;
    if (filter.length > topicBytes) return false;
    const levels = readFilter(filter);
    if (levels === undefined || levels.length > topicLevels) return false;
    const isAcknowledged = qos > 0;
    this.#filters ??= new Map();
    const before = this.#filters.get(filter);
    if (before === isAcknowledged) return true;
    if (before === undefined && this.#filters.size >= subscriptions) return false;
    // [MQTT-3.8.4-3] A filter that comes again replaces the one before.
    if (before !== undefined) this.#count(levels, before, -1);
    this.#filters.set(filter, isAcknowledged);
    this.#count(levels, isAcknowledged, 1);
    return true;
  }

  remove(filter: string): void {
    const isAcknowledged = this.#filters?.get(filter);
    if (this.#filters === undefined || isAcknowledged === undefined) return;
    this.#filters.delete(filter);
    const levels = readFilter(filter);
    if (levels !== undefined) this.#count(levels, isAcknowledged, -1);
  }

  /** @param place the place of a push in one of its forms */
  has(place: number): boolean {
    return this.#counts !== nothing && this.#counts[place] !== 0;
  }

  /** Whether the client acknowledges what is pushed there. */
  isAcknowledged(place: number): boolean {
    return this.#acknowledged !== nothing && this.#acknowledged[place] !== 0;
  }

  #count(filter: readonly string[], isAcknowledged: boolean, change: number): void {
    const { list } = this.#channels;
    if (this.#counts === nothing) this.#counts = new Uint16Array(list.length * 2);
    if (isAcknowledged && this.#acknowledged === nothing) {
      this.#acknowledged = new Uint16Array(list.length * 2);
    }
    for (const channel of list) {
      for (const isJson of [false, true]) {
        const topic = isJson ? channel.jsonTopic : channel.topic;
        if (!covers(filter, topic.split("/"))) continue;
        const place = placeOf(channel, isJson);
        add(this.#counts, place, change);
        if (isAcknowledged) add(this.#acknowledged, place, change);
      }
    }
  }
}

function add(counts: Uint16Array, place: number, change: number): void {
  counts[place] = (counts[place] ?? 0) + change;
}
