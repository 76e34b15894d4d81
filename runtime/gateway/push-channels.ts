import type { PushRoute, Routes } from "../contract/route.js";
import { jsonPushTopic, pushTopic } from "../wire/topic.js";

/** One push that clients can hear, and its place in the tables of subscriptions. */
export interface PushChannel {
  readonly index: number;
  readonly route: PushRoute;
  readonly topic: string;
  readonly jsonTopic: string;
}

/** All pushes that clients can hear. */
export class PushChannels {
  readonly list: readonly PushChannel[];
  readonly #byModule = new Map<string, Map<string, PushChannel>>();

  constructor(routes: Routes) {
    this.list = [...routes.pushes].map(([name, route], index) => ({
      index,
      route,
      topic: pushTopic(name),
      jsonTopic: jsonPushTopic(name),
    }));
    for (const channel of this.list) {
      const { module, name } = channel.route.push;
      const pushes = this.#byModule.get(module) ?? new Map<string, PushChannel>();
      this.#byModule.set(module, pushes.set(name, channel));
    }
  }

  find(module: string, name: string): PushChannel | undefined {
    return this.#byModule.get(module)?.get(name);
  }
}
