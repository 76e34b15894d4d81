import { refuse } from "../codec/refusal.js";
import { longestShort, readShortText } from "./short-text.js";

// Reads what strangers send, at both ends of a client's connection: plain MessagePack and nothing else. msgpackr builds
// errors, sets, regular expressions and functions out of extensions, and recurses as deep as it is told to; one strict
// pass takes three quarters of its time on a flat object of ten fields, and spares the scan that its input would need.

/**
 * Arrays and maps nest at most this deep on the wire. That is more than the 64 levels that codecs take,
 * because one value may need three levels of MessagePack: its own array, a union's `[index, value]` and
 * the `[value]` of a field that is optional and nullable.
 */
export const maxWireDepth = 256;

const largestExact = 2n ** 53n;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** Undefined in browsers. Not named as a global, for which some bundlers would add 20 kB. */
const NodeBuffer = (globalThis as { Buffer?: typeof Buffer }).Buffer;

// The message that is being read, from `at` to `end`. Reading is synchronous, so one place serves all.
const none = new Uint8Array(0);
let bytes: Uint8Array = none;
let at = 0;
let end = 0;
let depth = 0;
/** Each item takes a byte at least, so that a message has room for so many more. */
let room = 0;
/** Whether arrays, maps and their keys may have lengths of 32 bits. */
let takesLarge = true;

const eight = new Uint8Array(8);
const eightView = new DataView(eight.buffer);

/**
 * What the bytes say, which is one whole value. 64-bit integers are numbers where these are exact and bigint elsewhere,
 * bytes are views on the message. Throws `invalid-argument`.
 */
export function unpack(message: Uint8Array): unknown {
  return unpackRange(message, 0, message.length, true);
}

/** The same for the arguments of a call, which are an array of at most 65,535 items, as all arrays in it. */
export function unpackArguments(chunk: Uint8Array, start: number, end: number): unknown {
  const first = start < end ? (chunk[start] as number) : 0;
  if ((first & 0xf0) !== 0x90 && first !== 0xdc) refuse(null, "a MessagePack array of at most 65,535 items");
  return unpackRange(chunk, start, end, false);
}

function unpackRange(chunk: Uint8Array, start: number, stop: number, large: boolean): unknown {
  bytes = chunk;
  at = start;
  end = stop;
  depth = 0;
  room = stop - start;
  takesLarge = large;
  const value = read();
  if (at !== end) fail("one value in MessagePack, and nothing after it");
  bytes = none;
  return value;
}

function fail(expected: string): never {
  bytes = none;
  refuse(null, expected);
}

function read(): unknown {
  if (at >= end) fail(incomplete);
  const tag = bytes[at++] as number;
  if (tag < 0x80) return tag;
  if (tag < 0x90) return readMap(tag & 0x0f);
  if (tag < 0xa0) return readArray(tag & 0x0f);
  if (tag < 0xc0) return readText(tag & 0x1f);
  if (tag >= 0xe0) return tag - 0x100;
  switch (tag) {
    case 0xc0:
      return null;
    case 0xc2:
      return false;
    case 0xc3:
      return true;
    case 0xc4:
      return readBytes(readUint8());
    case 0xc5:
      return readBytes(readUint16());
    case 0xc6:
      return readBytes(readUint32());
    case 0xca:
      return readFloat32();
    case 0xcb:
      return readEight().getFloat64(0);
    case 0xcc:
      return readUint8();
    case 0xcd:
      return readUint16();
    case 0xce:
      return readUint32();
    case 0xcf:
      return exact(readEight().getBigUint64(0));
    case 0xd0:
      return (readUint8() << 24) >> 24;
    case 0xd1:
      return (readUint16() << 16) >> 16;
    case 0xd2:
      return readUint32() | 0;
    case 0xd3:
      return exact(readEight().getBigInt64(0));
    case 0xd9:
      return readText(readUint8());
    case 0xda:
      return readText(readUint16());
    case 0xdb:
      return readText(readUint32());
    case 0xdc:
      return readArray(readUint16());
    case 0xdd:
      return readArray(readLargeCount());
    case 0xde:
      return readMap(readUint16());
    case 0xdf:
      return readMap(readLargeCount());
    default: // 0xc1 and the extensions.
      return fail(plain);
  }
}

const plain = "MessagePack without extensions, and at most 65,535 items in an array or map";

function readLargeCount(): number {
  if (!takesLarge) fail(plain);
  return readUint32();
}

function readArray(length: number): unknown[] {
  goDown(length);
  const items = new Array<unknown>(length);
  for (let i = 0; i < length; i++) items[i] = read();
  depth--;
  return items;
}

function readMap(size: number): Record<string, unknown> {
  goDown(size * 2);
  const map: Record<string, unknown> = {};
  for (let i = 0; i < size; i++) {
    const key = readKey();
    map[key] = read();
  }
  depth--;
  return map;
}

function readKey(): string {
  const tag = bytes[skip(1)] as number;
  let key: string;
  if (tag >= 0xa0 && tag < 0xc0) key = readText(tag & 0x1f);
  else if (tag === 0xd9) key = readText(readUint8());
  else if (tag === 0xda) key = readText(readUint16());
  else if (tag === 0xdb && takesLarge) key = readText(readUint32());
  else return fail("MessagePack maps with short strings as keys");
  // Assigned to, it would be the prototype.
  if (key === "__proto__") fail("MessagePack maps without the key __proto__");
  return key;
}

/** Into an array or map of so many items, for which memory is taken only if they can be there. */
function goDown(items: number): void {
  room -= items;
  if (room < 0) fail(incomplete);
  if (++depth > maxWireDepth) fail(`MessagePack nested at most ${maxWireDepth} deep`);
}

function readText(length: number): string {
  const start = skip(length);
  if (length <= longestShort) {
    const text = readShortText(bytes, start, length);
    if (text !== undefined) return text;
  }
  return NodeBuffer !== undefined && bytes instanceof NodeBuffer
    ? bytes.toString("utf8", start, at)
    : decoder.decode(bytes.subarray(start, at));
}

function readBytes(length: number): Uint8Array {
  const start = skip(length);
  return bytes.subarray(start, at);
}

function readUint8(): number {
  return bytes[skip(1)] as number;
}

function readUint16(): number {
  const start = skip(2);
  return ((bytes[start] as number) << 8) | (bytes[start + 1] as number);
}

function readUint32(): number {
  const high = readUint16();
  return high * 0x10000 + readUint16();
}

function readFloat32(): number {
  eightView.setUint32(0, readUint32());
  return eightView.getFloat32(0);
}

/** Shows the next eight bytes. A view on the message itself would have to be made for each one. */
function readEight(): DataView {
  const start = skip(8);
  eight[0] = bytes[start] as number;
  eight[1] = bytes[start + 1] as number;
  eight[2] = bytes[start + 2] as number;
  eight[3] = bytes[start + 3] as number;
  eight[4] = bytes[start + 4] as number;
  eight[5] = bytes[start + 5] as number;
  eight[6] = bytes[start + 6] as number;
  eight[7] = bytes[start + 7] as number;
  return eightView;
}

/** Goes on by so many bytes and returns where they begin. */
function skip(length: number): number {
  const start = at;
  at += length;
  if (at > end) fail(incomplete);
  return start;
}

const incomplete = "MessagePack that is complete";

function exact(value: bigint): number | bigint {
  return value >= -largestExact && value <= largestExact ? Number(value) : value;
}
