import type { IncomingPacket } from "./packet-splitter.js";

/** A SUBSCRIBE or an UNSUBSCRIBE as it came. */
export interface IncomingFilters {
  readonly isSubscribe: boolean;
  /** The packet's identifier. */
  readonly identifier: number;
  readonly filters: readonly string[];
  /** The QoS that each filter asks for; empty in an UNSUBSCRIBE. */
  readonly qos: readonly number[];
}

// With the flags that they have to have [MQTT-3.8.1-1] [MQTT-3.10.1-1].
const subscribe = 0x82;
const unsubscribe = 0xa2;
const suback = 0x90;
const unsuback = 0xb0;

/** Reads a SUBSCRIBE or an UNSUBSCRIBE; undefined where it violates the protocol. */
export function readFilters({ bytes, start, body, end }: IncomingPacket): IncomingFilters | undefined {
  const isSubscribe = bytes[start] === subscribe;
  if ((!isSubscribe && bytes[start] !== unsubscribe) || body + 2 > end) return undefined;
  const identifier = bytes.readUInt16BE(body);
  const filters: string[] = [];
  const qos: number[] = [];
  let at = body + 2;
  while (at < end) {
    if (at + 2 > end) return undefined;
    const filterStart = at + 2;
    const filterEnd = filterStart + bytes.readUInt16BE(at);
    at = isSubscribe ? filterEnd + 1 : filterEnd;
    // [MQTT-4.7.3-1] A filter has a character at least.
    if (filterEnd === filterStart || at > end) return undefined;
    filters.push(bytes.toString("utf8", filterStart, filterEnd));
    if (isSubscribe) {
      const wanted = bytes[filterEnd] as number;
      // [MQTT-3.8.3-4] There is no QoS 3, and the other bits are 0.
      if (wanted > 2) return undefined;
      qos.push(wanted);
    }
  }
  // [MQTT-2.3.1-1] An identifier is not 0. [MQTT-3.8.3-3] [MQTT-3.10.3-2] There is a filter at least.
  if (identifier === 0 || filters.length === 0) return undefined;
  return { isSubscribe, identifier, filters, qos };
}

/** @param codes for each filter the QoS that is granted, or 0x80 */
export function encodeSuback(identifier: number, codes: readonly number[]): Buffer {
  const head = [suback];
  let rest = 2 + codes.length;
  while (rest >= 0x80) {
    head.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return Buffer.from([...head, rest, identifier >>> 8, identifier & 0xff, ...codes]);
}

export function encodeUnsuback(identifier: number): Buffer {
  return Buffer.from([unsuback, 2, identifier >>> 8, identifier & 0xff]);
}
