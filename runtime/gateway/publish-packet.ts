import { packForNow } from "../wire/msgpack.js";

const maxRemainingLength = 268_435_455;

/** A PUBLISH of QoS 0 with a value in MessagePack, ready to be written. The topic is ASCII. */
export function encodePublish(topic: string, value: unknown): Buffer {
  const payload = packForNow(value);
  const length = payload.end - payload.start;
  const packet = allocatePublish(topic, 2 + topic.length + length);
  payload.copy(packet, packet.length - length, payload.start, payload.end);
  return packet;
}

/** The same for a value that has been packed. */
export function encodePackedPublish(topic: string, payload: Uint8Array): Buffer {
  const packet = allocatePublish(topic, 2 + topic.length + payload.length);
  packet.set(payload, packet.length - payload.length);
  return packet;
}

/** The same for a payload that is text. */
export function encodeTextPublish(topic: string, payload: string): Buffer {
  const length = Buffer.byteLength(payload);
  const packet = allocatePublish(topic, 2 + topic.length + length);
  packet.write(payload, packet.length - length);
  return packet;
}

function allocatePublish(topic: string, remaining: number): Buffer {
  if (remaining > maxRemainingLength) throw new RangeError("a packet of MQTT has at most 256 MiB");
  const digits = remaining < 0x80 ? 1 : remaining < 0x4000 ? 2 : remaining < 0x200000 ? 3 : 4;
  const packet = Buffer.allocUnsafe(1 + digits + remaining);
  let at = 0;
  packet[at++] = 0x30;
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
