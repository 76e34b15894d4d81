import type { PushContract } from "../contract/push.js";
import { RpcError } from "../error/rpc-error.js";
import type { Audience, PushSink } from "../session/push-sink.js";
import type { SessionRegistry } from "../session/session-registry.js";
import type { Connection } from "./connection.js";
import { encodePublish, encodeTextPublish } from "./publish-packet.js";
import type { PushChannels } from "./push-channels.js";

/** Sends pushes to those who subscribed to them. Each packet is built once, and only if somebody wants it. */
export class PushFanOut implements PushSink {
  readonly #channels: PushChannels;
  readonly #sessions: SessionRegistry<Connection>;

  constructor(channels: PushChannels, sessions: SessionRegistry<Connection>) {
    this.#channels = channels;
    this.#sessions = sessions;
  }

  push(contract: PushContract, audience: Audience, value: unknown): void {
    const channel = this.#channels.find(contract.module, contract.name);
    if (channel === undefined) {
      throw new RpcError("not-found", `There is no push ${contract.module}.${contract.name}`);
    }
    // Also where nobody listens: a value that does not fit is a mistake at any time.
    const wire = contract.value.write(value);
    let packet: Buffer | undefined;
    let jsonPacket: Buffer | undefined;
    for (const { connection } of this.#sessions.members(audience)) {
      const { subscriptions } = connection;
      if (subscriptions.wantsMessagePack(channel)) {
        packet ??= encodePublish(channel.topic, wire);
        connection.send(packet);
      }
      if (subscriptions.wantsJson(channel)) {
        // The copy is what JSON shows too: with numbers rounded to their format and unknown fields left out.
        jsonPacket ??= encodeTextPublish(
          channel.jsonTopic,
          JSON.stringify(channel.route.value.toJson(contract.value.copy(value))),
        );
        connection.send(jsonPacket);
      }
    }
  }
}
