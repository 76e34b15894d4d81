import type { GatewayLimits } from "../config/gateway-limits.js";
import type { IncomingPacket } from "./packet-splitter.js";
import type { Payload } from "./payload.js";

/** A PUBLISH as it came. */
export interface IncomingPublish {
  readonly qos: number;
  /** The packet's identifier; 0 with QoS 0. */
  readonly identifier: number;
  /** Not ASCII where the client's is not; no topic that means anything here has other characters. */
  readonly topic: string;
  /** Bytes of the topic as it came; more than `topic` has where it means nothing for its length alone. */
  readonly topicBytes: number;
  readonly payload: Payload;
}

// Long before this a topic means nothing here.
const maxTopicLength = 1_024;

/** Reads a PUBLISH; undefined where it violates the protocol. */
export function readPublish({ bytes, start, body, end }: IncomingPacket): IncomingPublish | undefined {
  if (body + 2 > end) return undefined;
  const qos = ((bytes[start] as number) >> 1) & 3;
  const length = bytes.readUInt16BE(body);
  const topicStart = body + 2;
  const topicEnd = topicStart + length;
  const payloadStart = qos === 0 ? topicEnd : topicEnd + 2;
  // [MQTT-3.3.1-4] There is no QoS 3. [MQTT-4.7.3-1] A topic has a character at least.
  if (qos === 3 || length === 0 || payloadStart > end) return undefined;
  const identifier = qos === 0 ? 0 : bytes.readUInt16BE(topicEnd);
  // [MQTT-2.3.1-1] An identifier is not 0.
  if (qos !== 0 && identifier === 0) return undefined;
  const topic = bytes.toString("latin1", topicStart, Math.min(topicEnd, topicStart + maxTopicLength));
  return { qos, identifier, topic, topicBytes: length, payload: { bytes, start: payloadStart, end } };
}

/** Says which limit a topic exceeds, if any. */
export function findExcess(
  { topic, topicBytes }: IncomingPublish,
  limits: GatewayLimits,
): string | undefined {
  if (topicBytes > limits.topicBytes) return `topic of ${topicBytes} bytes`;
  // No need to count the levels of what has too few characters for them.
  if (topicBytes < limits.topicLevels) return undefined;
  let levels = 1;
  for (let at = topic.indexOf("/"); at !== -1; at = topic.indexOf("/", at + 1)) levels++;
  return levels > limits.topicLevels ? `topic of ${levels} levels` : undefined;
}

/** [MQTT-3.3.2-2] A topic to publish to has no wildcards. */
export function hasWildcard(topic: string): boolean {
  return topic.includes("#") || topic.includes("+");
}
