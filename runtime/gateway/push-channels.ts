import type { PushRoute, Routes } from "../contract/route.js";
import { jsonPushTopic, pushTopic } from "../wire/topic.js";

/** One push that clients can hear. */
export interface PushChannel {
  readonly index: number;
  readonly route: PushRoute;
  readonly topic: string;
  readonly jsonTopic: string;
  /** As the IDL marks it. */
  readonly isLatest: boolean;
  readonly isReplay: boolean;
}

/** The place of a push, in one of its two forms, in tables. */
export function placeOf(channel: PushChannel, isJson: boolean): number {
  return channel.index * 2 + (isJson ? 1 : 0);
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
      isLatest: route.push.latest === true,
      isReplay: route.push.replay === true,
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
