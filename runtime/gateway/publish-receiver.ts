import { readCallTopic, readCancelTopic, readPauseTopic, readResumeTopic } from "../wire/topic.js";
import { acknowledgement, encodeAcknowledgement } from "./acknowledgement.js";
import type { Client } from "./client.js";
import type { GatewayContext } from "./gateway-context.js";
import { findExcess, hasWildcard, type IncomingPublish, readPublish } from "./incoming-publish.js";
import type { IncomingPacket } from "./packet-splitter.js";
import type { RefusalReason } from "./refusal-reason.js";
import type { CallOrigin, SessionCalls } from "./session-calls.js";

/** What in a packet is wrong, for which the connection ends. */
export interface Violation {
  readonly reason: RefusalReason;
  readonly message: string;
}

const malformedPublish: Violation = { reason: "malformed", message: "malformed PUBLISH" };
const malformedPubrel: Violation = { reason: "malformed", message: "malformed PUBREL" };
const wildcard: Violation = { reason: "malformed", message: "wildcard in a topic to publish to" };
const unreleased: Violation = { reason: "unreleased", message: "too many messages of QoS 2" };

/** What a receiver works with. */
export interface PublishReceiverOptions {
  readonly context: Pick<GatewayContext, "limits" | "refusals">;
  /** Where acknowledgements go. */
  readonly origin: Pick<CallOrigin, "send">;
  /** Keeps the identifiers of messages of QoS 2, which may come again over another connection. */
  readonly client: Pick<Client, "unreleased">;
}

/** Takes what one client publishes, in any QoS, and acknowledges it. */
export class PublishReceiver {
  readonly #calls: SessionCalls;
  readonly #options: PublishReceiverOptions;

  constructor(calls: SessionCalls, options: PublishReceiverOptions) {
    this.#calls = calls;
    this.#options = options;
  }

  /** Takes a PUBLISH. Returns what in it violates the protocol, if anything does. */
  publish(packet: IncomingPacket): Violation | undefined {
    const { context, origin, client } = this.#options;
    const { limits } = context;
    const message = readPublish(packet);
    if (message === undefined) return malformedPublish;
    const excess = findExcess(message, limits);
    if (excess !== undefined) return { reason: "topic", message: excess };
    const { qos, identifier } = message;
    if (qos === 2) {
      // [MQTT-4.3.3-2] To know a message that comes twice, its identifier is enough.
      if (client.unreleased.has(identifier)) {
        origin.send(encodeAcknowledgement(acknowledgement.pubrec, identifier));
        return undefined;
      }
      if (client.unreleased.size >= limits.unreleased) return unreleased;
      client.unreleased.add(identifier);
    }
    if (!this.#take(message)) return wildcard;
    if (qos === 1) origin.send(encodeAcknowledgement(acknowledgement.puback, identifier));
    else if (qos === 2) origin.send(encodeAcknowledgement(acknowledgement.pubrec, identifier));
    return undefined;
  }

  /** Takes a PUBREL. Returns what in it violates the protocol, if anything does. */
  release({ bytes, start, body, end }: IncomingPacket): Violation | undefined {
    // [MQTT-3.6.1-1] The lower half of the first byte is 2.
    if (bytes[start] !== 0x62 || end - body !== 2) return malformedPubrel;
    const identifier = bytes.readUInt16BE(body);
    const { client, origin } = this.#options;
    client.unreleased.delete(identifier);
    origin.send(encodeAcknowledgement(acknowledgement.pubcomp, identifier));
    return undefined;
  }

  /** Returns false where the topic is none. */
  #take({ topic, payload }: IncomingPublish): boolean {
    const call = readCallTopic(topic);
    if (call !== undefined) {
      this.#calls.take(call.route, call.id, payload);
      return true;
    }
    const cancelled = readCancelTopic(topic);
    if (cancelled !== undefined) {
      this.#calls.cancel(cancelled);
      return true;
    }
    const paused = readPauseTopic(topic);
    if (paused !== undefined) {
      this.#calls.pause(paused);
      return true;
    }
    const resumed = readResumeTopic(topic);
    if (resumed !== undefined) {
      this.#calls.resume(resumed);
      return true;
    }
    this.#options.context.refusals.count("unknown-topic");
    return !hasWildcard(topic);
  }
}
