/**
 * Turns values of one type into their wire form and back, and copies them. All three check on the way
 * and throw `invalid-argument` with the path of what does not fit. (Methods, not function properties:
 * tables hold codecs of many types, and TypeScript compares methods bivariantly.)
 */
export interface Codec<T = unknown> {
  /** The value as plain arrays and scalars, ready for MessagePack. They share nothing mutable with the value. */
  write(value: T): unknown;
  /** The value out of what MessagePack gave. */
  read(wire: unknown): T;
  /** A copy that shares nothing mutable with the value. */
  copy(value: T): T;
}

/** The codec of `void`. */
export const nothing: Codec<void> = {
  write: () => null,
  read: () => undefined,
  copy: () => undefined,
};
