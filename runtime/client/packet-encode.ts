import { RpcError } from "../error/rpc-error.js";
import type { MqttConnect } from "./mqtt.js";
import { packetType } from "./packet.js";

const encoder = new TextEncoder();
const empty = new Uint8Array(0);

/** What a CONNECT carries. */
export type Connect = Pick<MqttConnect, "keepAlive" | "username" | "password" | "clientId" | "clean">;

/** CONNECT. A password goes with a user name [MQTT-3.1.2-22]. */
export function encodeConnect({
  keepAlive: wanted,
  username,
  password,
  clientId,
  clean,
}: Connect): Uint8Array {
  const keepAlive = Math.ceil(wanted);
  const flags =
    (clean ? 0x02 : 0) | (username === undefined ? 0 : 0x80) | (password === undefined ? 0 : 0x40);
  return packet(
    packetType.connect << 4,
    text("MQTT"),
    Uint8Array.of(4, flags, keepAlive >> 8, keepAlive & 0xff),
    text(clientId),
    username === undefined ? empty : text(username),
    password === undefined ? empty : text(password),
  );
}

/** PUBLISH at QoS 0. */
export function encodePublish(topic: string, payload: Uint8Array): Uint8Array {
  return packet(packetType.publish << 4, text(topic), payload);
}

/** PUBACK. */
export function encodePuback(id: number): Uint8Array {
  return packet(packetType.puback << 4, uint16(id));
}

/** SUBSCRIBE. */
export function encodeSubscribe(id: number, topics: readonly string[], qos: 0 | 1): Uint8Array {
  const wanted = Uint8Array.of(qos);
  // The low half of the first byte is fixed for SUBSCRIBE and UNSUBSCRIBE [MQTT-3.8.1-1, MQTT-3.10.1-1].
  return packet(
    (packetType.subscribe << 4) | 2,
    uint16(id),
    ...topics.flatMap((topic) => [text(topic), wanted]),
  );
}

/** UNSUBSCRIBE. */
export function encodeUnsubscribe(id: number, topic: string): Uint8Array {
  return packet((packetType.unsubscribe << 4) | 2, uint16(id), text(topic));
}

export const pingRequest = Uint8Array.of(packetType.pingreq << 4, 0);

export const disconnect = Uint8Array.of(packetType.disconnect << 4, 0);

/** All parts in a row. */
export function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

function packet(first: number, ...body: Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of body) length += part.length;
  const header = [first];
  for (let rest = length; ; ) {
    header.push(rest > 127 ? (rest & 127) | 128 : rest);
    rest >>>= 7;
    if (rest === 0) break;
  }
  return join([Uint8Array.from(header), ...body], header.length + length);
}

function text(value: string): Uint8Array {
  const bytes = encoder.encode(value);
  if (bytes.length > 0xffff) {
    throw new RpcError("invalid-argument", "expected a string of at most 65,535 bytes in UTF-8");
  }
  return join([uint16(bytes.length), bytes], bytes.length + 2);
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}
