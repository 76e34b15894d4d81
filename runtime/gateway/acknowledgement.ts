import type { IncomingPacket } from "./packet-splitter.js";

/** First bytes of the packets that acknowledge a PUBLISH. */
export const acknowledgement = { puback: 0x40, pubrec: 0x50, pubcomp: 0x70 } as const;

/** A packet that consists of a packet identifier. */
export function encodeAcknowledgement(
  kind: (typeof acknowledgement)[keyof typeof acknowledgement],
  identifier: number,
): Buffer {
  return Buffer.from([kind, 2, identifier >>> 8, identifier & 0xff]);
}

/** The packet identifier in a PUBACK; undefined where that is malformed. */
export function readAcknowledgement({ bytes, start, body, end }: IncomingPacket): number | undefined {
  // [MQTT-2.2.2-2] The lower half of the first byte is 0.
  return bytes[start] === acknowledgement.puback && end - body === 2 ? bytes.readUInt16BE(body) : undefined;
}
