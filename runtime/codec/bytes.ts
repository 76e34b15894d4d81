/** A copy of the bytes in memory of its own: what MessagePack gives is a view on the network's buffer. */
export function copyBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
