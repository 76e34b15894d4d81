import { packForNow } from "../wire/pack.js";

const maxRemainingLength = 268_435_455;

/** 0: the packet is ready to be written. 1: its identifier is to be filled in by {@link identifyPublish}. */
export type PublishQos = 0 | 1;

/** A PUBLISH with a value in MessagePack. The topic is ASCII. */
export function encodePublish(topic: string, value: unknown, qos: PublishQos = 0): Buffer {
  const { bytes, length } = packForNow(value);
  const packet = allocatePublish(topic, length, qos);
  packet.set(bytes.subarray(0, length), packet.length - length);
  return packet;
}

/** The same for a value that has been packed. */
export function encodePackedPublish(topic: string, payload: Uint8Array, qos: PublishQos = 0): Buffer {
  const packet = allocatePublish(topic, payload.length, qos);
  packet.set(payload, packet.length - payload.length);
  return packet;
}

/** The same for a payload that is text. */
export function encodeTextPublish(topic: string, payload: string, qos: PublishQos = 0): Buffer {
  const length = Buffer.byteLength(payload);
  const packet = allocatePublish(topic, length, qos);
  packet.write(payload, packet.length - length);
  return packet;
}

/** A copy of a PUBLISH of QoS 1 with its identifier. */
export function identifyPublish(publish: Buffer, identifier: number, isRepeated: boolean): Buffer {
  const packet = Buffer.allocUnsafe(publish.length);
  publish.copy(packet);
  // [MQTT-3.3.1-1] DUP says that the packet may have come before.
  if (isRepeated) packet[0] = firstByte | 0x0a;
  let topic = 2;
  while ((packet[topic - 1] as number) >= 0x80) topic++;
  packet.writeUInt16BE(identifier, topic + 2 + packet.readUInt16BE(topic));
  return packet;
}

const firstByte = 0x30;

function allocatePublish(topic: string, payload: number, qos: PublishQos): Buffer {
  const remaining = 2 + topic.length + (qos === 0 ? 0 : 2) + payload;
  if (remaining > maxRemainingLength) throw new RangeError("a packet of MQTT has at most 256 MiB");
  const digits = remaining < 0x80 ? 1 : remaining < 0x4000 ? 2 : remaining < 0x200000 ? 3 : 4;
  const packet = Buffer.allocUnsafe(1 + digits + remaining);
  let at = 0;
  packet[at++] = firstByte | (qos << 1);
  let rest = remaining;
  while (rest >= 0x80) {
    packet[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  packet[at++] = rest;
  packet[at++] = topic.length >>> 8;
  packet[at++] = topic.length & 0xff;
  packet.write(topic, at, "latin1");
  return packet;
}
