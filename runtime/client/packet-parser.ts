import { packetType, type ServerPacket } from "./packet.js";
import { join } from "./packet-encode.js";

/** Longer packets are refused, so that no server makes a client hold more than this. */
export const maxPacketBytes = 16 * 1024 * 1024;

// The flags of a PUBLISH [MQTT 3.3.1].
const dup = 0x08;
const qos1 = 0x02;
const retain = 0x01;

/** How packets begin that a server may send: flags are fixed, except those of a PUBLISH. */
const firstBytes: ReadonlySet<number> = new Set([
  packetType.connack << 4,
  // A server may not exceed the QoS that was asked for, and DUP means nothing without one [MQTT-3.3.1-2].
  ...[0, qos1, qos1 | dup].flatMap((flags) => {
    const first = (packetType.publish << 4) | flags;
    return [first, first | retain];
  }),
  packetType.suback << 4,
  packetType.unsuback << 4,
  packetType.pingresp << 4,
]);

// [MQTT-1.5.3-1]: ill-formed UTF-8 is a reason to close.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Cuts a stream of bytes into packets. */
export class PacketParser {
  readonly #onPacket: (packet: ServerPacket) => void;
  #chunks: Uint8Array[] = [];
  #held = 0;
  /** Looking again makes no sense before this many bytes are held. */
  #needed = 2;

  constructor(onPacket: (packet: ServerPacket) => void) {
    this.#onPacket = onPacket;
  }

  /** Takes the next bytes and reports the packets that end in them. Throws where the bytes are not MQTT. */
  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    if (this.#held < this.#needed) return;

    const bytes = this.#chunks.length === 1 ? chunk : join(this.#chunks, this.#held);
    let start = 0;
    for (;;) {
      const body = findBody(bytes, start);
      this.#needed = (body?.end ?? bytes.length + 1) - start;
      if (body === undefined || body.end > bytes.length) break;
      this.#onPacket(parse(byteAt(bytes, start), bytes.subarray(body.start, body.end)));
      start = body.end;
    }
    this.#chunks = start === bytes.length ? [] : [bytes.subarray(start)];
    this.#held = bytes.length - start;
  }
}

/** Where the body of the packet at `start` stands; undefined while its length is not known. */
function findBody(bytes: Uint8Array, start: number): { start: number; end: number } | undefined {
  const first = bytes[start];
  if (first === undefined) return undefined;
  if (!firstBytes.has(first)) throw new Error(`a packet that begins with 0x${first.toString(16)}`);
  let length = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[start + 1 + i];
    if (byte === undefined) return undefined;
    length |= (byte & 127) << (7 * i);
    if (byte < 128) {
      if (length > maxPacketBytes) throw new Error(`a packet of ${length} bytes`);
      return { start: start + 2 + i, end: start + 2 + i + length };
    }
  }
  throw new Error("a packet's length in more than four bytes"); // [MQTT 2.2.3]
}

function parse(first: number, body: Uint8Array): ServerPacket {
  switch (first >> 4) {
    case packetType.publish: {
      const topicEnd = 2 + uint16At(body, 0);
      const hasId = (first & qos1) !== 0;
      const start = topicEnd + (hasId ? 2 : 0);
      if (body.length < start) break;
      const topic = decoder.decode(body.subarray(2, topicEnd));
      const delivery = hasId ? { id: uint16At(body, topicEnd), dup: (first & dup) !== 0 } : undefined;
      return { kind: "publish", topic, payload: body.subarray(start), delivery };
    }
    case packetType.connack:
      if (body.length === 2) {
        return { kind: "connack", sessionPresent: (byteAt(body, 0) & 1) === 1, code: byteAt(body, 1) };
      }
      break;
    case packetType.suback:
      if (body.length > 2) return { kind: "suback", id: uint16At(body, 0), codes: body.subarray(2) };
      break;
    case packetType.unsuback:
      if (body.length === 2) return { kind: "unsuback", id: uint16At(body, 0) };
      break;
    case packetType.pingresp:
      if (body.length === 0) return { kind: "pingresp" };
      break;
  }
  throw new Error(`a malformed packet of type ${first >> 4}`);
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function uint16At(bytes: Uint8Array, at: number): number {
  return (byteAt(bytes, at) << 8) | byteAt(bytes, at + 1);
}
