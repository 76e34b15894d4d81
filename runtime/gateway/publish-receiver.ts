import { readCallTopic, readCancelTopic, readPauseTopic, readResumeTopic } from "../wire/topic.js";
import { acknowledgement, encodeAcknowledgement } from "./acknowledgement.js";
import type { GatewayCounters } from "./counters.js";
import { hasWildcard, type IncomingPublish, readPublish } from "./incoming-publish.js";
import type { IncomingPacket } from "./packet-splitter.js";
import type { SessionCalls } from "./session-calls.js";

/** Messages of QoS 2 that a client may have published and not released. */
const maxUnreleased = 256;

/** Takes what one client publishes, in any QoS, and acknowledges it. */
export class PublishReceiver {
  readonly #calls: SessionCalls;
  readonly #counters: GatewayCounters;
  readonly #send: (packet: Uint8Array) => void;
  /** [MQTT-4.3.3-2] To know a message of QoS 2 that comes twice, its identifier is enough. */
  readonly #unreleased = new Set<number>();

  constructor(calls: SessionCalls, counters: GatewayCounters, send: (packet: Uint8Array) => void) {
    this.#calls = calls;
    this.#counters = counters;
    this.#send = send;
  }

  /** Takes a PUBLISH. Returns what in it violates the protocol, if anything does. */
  publish(packet: IncomingPacket): string | undefined {
    const message = readPublish(packet);
    if (message === undefined) return "malformed PUBLISH";
    const { qos, identifier } = message;
    if (qos === 2) {
      if (this.#unreleased.has(identifier)) {
        this.#send(encodeAcknowledgement(acknowledgement.pubrec, identifier));
        return undefined;
      }
      if (this.#unreleased.size >= maxUnreleased) return "too many messages of QoS 2";
      this.#unreleased.add(identifier);
    }
    if (!this.#take(message)) return "wildcard in a topic to publish to";
    if (qos === 1) this.#send(encodeAcknowledgement(acknowledgement.puback, identifier));
    else if (qos === 2) this.#send(encodeAcknowledgement(acknowledgement.pubrec, identifier));
    return undefined;
  }

  /** Takes a PUBREL. Returns what in it violates the protocol, if anything does. */
  release({ bytes, start, body, end }: IncomingPacket): string | undefined {
    // [MQTT-3.6.1-1] The lower half of the first byte is 2.
    if (bytes[start] !== 0x62 || end - body !== 2) return "malformed PUBREL";
    const identifier = bytes.readUInt16BE(body);
    this.#unreleased.delete(identifier);
    this.#send(encodeAcknowledgement(acknowledgement.pubcomp, identifier));
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
    this.#counters.ignoredPublishes++;
    return !hasWildcard(topic);
  }
}
