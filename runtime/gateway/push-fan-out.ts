import type { PushContract } from "../contract/push.js";
import { RpcError } from "../error/rpc-error.js";
import type { Audience, PackedPush, PackedPushSink } from "../session/push-sink.js";
import type { SessionRegistry } from "../session/session-registry.js";
import type { Client } from "./client.js";
import type { PushTally } from "./gateway-state.js";
import { type PushChannel, type PushChannels, placeOf } from "./push-channels.js";
import { OwnValue, PackedValue, PushPackets } from "./push-packets.js";

/** Sends pushes to those who subscribed to them. */
export class PushFanOut implements PackedPushSink {
  readonly #channels: PushChannels;
  readonly #sessions: SessionRegistry<Client>;
  /** By the channels' indices. */
  readonly #times: Float64Array;
  readonly #deliveries: Float64Array;

  constructor(channels: PushChannels, sessions: SessionRegistry<Client>) {
    this.#channels = channels;
    this.#sessions = sessions;
    this.#times = new Float64Array(channels.list.length);
    this.#deliveries = new Float64Array(channels.list.length);
  }

  tallies(): readonly PushTally[] {
    return this.#channels.list.map(({ index, route }) => ({
      push: `${route.push.module}.${route.push.name}`,
      times: this.#times[index] ?? 0,
      deliveries: this.#deliveries[index] ?? 0,
    }));
  }

  push(contract: PushContract, audience: Audience, value: unknown): void {
    const channel = this.#find(contract.module, contract.name);
    this.#send(new PushPackets(channel, new OwnValue(channel, contract, value)), audience);
  }

  deliver({ module, name, audience, value }: PackedPush): void {
    const channel = this.#find(module, name);
    this.#send(new PushPackets(channel, new PackedValue(channel, value)), audience);
  }

  #find(module: string, name: string): PushChannel {
    const channel = this.#channels.find(module, name);
    if (channel === undefined) throw new RpcError("not-found", `There is no push ${module}.${name}`);
    return channel;
  }

  #send(packets: PushPackets, audience: Audience): void {
    const place = placeOf(packets.channel, false);
    const jsonPlace = placeOf(packets.channel, true);
    let deliveries = 0;
    for (const { client } of this.#sessions.members(audience)) {
      if (client.subscriptions.has(place)) {
        client.push(packets, false);
        deliveries++;
      }
      if (client.subscriptions.has(jsonPlace)) {
        client.push(packets, true);
        deliveries++;
      }
    }
    const { index } = packets.channel;
    this.#times[index] = (this.#times[index] ?? 0) + 1;
    this.#deliveries[index] = (this.#deliveries[index] ?? 0) + deliveries;
  }
}
