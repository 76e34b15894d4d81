import type { PushContract } from "../contract/push.js";
import { RpcError } from "../error/rpc-error.js";
import type { Audience, PackedPush, PackedPushSink } from "../session/push-sink.js";
import type { SessionRegistry } from "../session/session-registry.js";
import type { Connection } from "./connection.js";
import type { PushChannel, PushChannels } from "./push-channels.js";
import { PackedPackets, type PushPackets, ValuePackets } from "./push-packets.js";

/** Sends pushes to those who subscribed to them. Each packet is built once, and only if somebody wants it. */
export class PushFanOut implements PackedPushSink {
  readonly #channels: PushChannels;
  readonly #sessions: SessionRegistry<Connection>;

  constructor(channels: PushChannels, sessions: SessionRegistry<Connection>) {
    this.#channels = channels;
    this.#sessions = sessions;
  }

  push(contract: PushContract, audience: Audience, value: unknown): void {
    const channel = this.#find(contract.module, contract.name);
    this.#send(channel, audience, new ValuePackets(channel, contract, value));
  }

  deliver({ module, name, audience, value }: PackedPush): void {
    const channel = this.#find(module, name);
    this.#send(channel, audience, new PackedPackets(channel, value));
  }

  #find(module: string, name: string): PushChannel {
    const channel = this.#channels.find(module, name);
    if (channel === undefined) throw new RpcError("not-found", `There is no push ${module}.${name}`);
    return channel;
  }

  #send(channel: PushChannel, audience: Audience, packets: PushPackets): void {
    let packet: Buffer | undefined;
    let jsonPacket: Buffer | undefined;
    for (const { connection } of this.#sessions.members(audience)) {
      const { subscriptions } = connection;
      if (subscriptions.wantsMessagePack(channel)) {
        packet ??= packets.inMessagePack();
        connection.send(packet);
      }
      if (subscriptions.wantsJson(channel)) {
        jsonPacket ??= packets.inJson();
        connection.send(jsonPacket);
      }
    }
  }
}
