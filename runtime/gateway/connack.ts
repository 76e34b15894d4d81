const connack = 0x20;

/**
 * The bytes of a CONNACK that accepts, with the flag that the client's session goes on [MQTT-3.2.2-2]. The broker
 * knows nothing of sessions.
 */
export function setSessionPresent(bytes: Buffer): Buffer {
  // [MQTT-3.2.2-4] One that refuses has no flags.
  if (bytes[0] !== connack || bytes[3] !== 0) return bytes;
  const packet = Buffer.from(bytes);
  packet[2] = 1;
  return packet;
}
