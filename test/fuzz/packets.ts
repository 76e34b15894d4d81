import { generate, type Packet, parser } from "mqtt-packet";

/** Cuts the bytes of a well-formed session into its packets. */
export function cut(bytes: Buffer): Buffer[] {
  const packets: Buffer[] = [];
  let start = 0;
  while (start < bytes.length) {
    let body = start + 1;
    let length = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[body++];
      if (byte === undefined) throw new Error("a recorded session ends inside a packet");
      length += (byte & 127) * factor;
      if (byte < 128) break;
    }
    packets.push(bytes.subarray(start, body + length));
    start = body + length;
  }
  return packets;
}

/** What a well-formed packet says; undefined for one that is none. */
export function read(bytes: Buffer): Packet | undefined {
  let found: Packet | undefined;
  const stream = parser();
  stream.on("packet", (packet) => {
    found = packet;
  });
  stream.on("error", () => {});
  stream.parse(bytes);
  return found;
}

export function publish(topic: string, payload: string | Buffer, qos: 0 | 1 | 2 = 0, messageId = 1): Buffer {
  return generate({ cmd: "publish", topic, payload, qos, messageId, dup: false, retain: false });
}

export const ping = Buffer.from([0xc0, 0]);
