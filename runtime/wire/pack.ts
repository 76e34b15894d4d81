import { RpcError } from "../error/rpc-error.js";

// Plain MessagePack that any library reads, in the bytes that msgpackr would write. msgpackr looks for records,
// extensions, references and options in each value, and what codecs write has none of them: measured, this takes three
// quarters of its time on a flat object of ten fields. In browsers it would be 12 of the 14 kB that a client may weigh,
// and compiles functions at run time, which the content security policy of many pages forbids.

const encoder = new TextEncoder();

/** Bytes of memory at the start, and the most that is kept from one message to the next. */
const startBytes = 4096;
const mostKeptBytes = 1 << 20;

/** The longest head of a value: a tag and eight bytes. */
const longestHead = 9;

/** From here on the encoder is faster than a loop over the characters. */
const longText = 48;

// The message that is being written. Writing is synchronous, so one place serves all.
let bytes = new Uint8Array(startBytes);
let view = new DataView(bytes.buffer);
let end = 0;

/** Bytes of which the first `length` are a value in MessagePack. */
export interface Packed {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly length: number;
}

const packed: { -readonly [Key in keyof Packed]: Packed[Key] } = { bytes, length: 0 };

/** The value, which a codec wrote, as MessagePack. The bytes are the caller's own, in a buffer of their own. */
export function pack(value: unknown): Uint8Array<ArrayBuffer> {
  const { bytes, length } = packForNow(value);
  return bytes.slice(0, length);
}

/** The same as {@link pack}, in memory that the next call writes over: for who copies the bytes anyway. */
export function packForNow(value: unknown): Packed {
  if (bytes.length > mostKeptBytes) useMemory(new Uint8Array(startBytes));
  end = 0;
  write(value);
  packed.bytes = bytes;
  packed.length = end;
  return packed;
}

function write(value: unknown): void {
  if (end + longestHead > bytes.length) reserve(longestHead);
  if (typeof value === "number") writeNumber(value);
  else if (typeof value === "string") writeString(value);
  else if (value === null || value === undefined) bytes[end++] = 0xc0;
  else if (typeof value === "boolean") bytes[end++] = value ? 0xc3 : 0xc2;
  else if (Array.isArray(value)) writeArray(value);
  else if (value instanceof Uint8Array) writeBytes(value);
  else if (typeof value === "object") writeMap(value);
  else if (typeof value === "bigint") writeBigint(value);
  else throw new RpcError("invalid-argument", `expected data, got a ${typeof value}`);
}

function writeNumber(value: number): void {
  if (value >>> 0 === value) {
    if (value < 0x80) bytes[end++] = value;
    else writeSize(0xcc, value);
  } else if (value >> 0 === value) {
    writeNegative(value);
  } else {
    bytes[end] = 0xcb;
    view.setFloat64(end + 1, value);
    end += 9;
  }
}

function writeNegative(value: number): void {
  if (value >= -0x20) {
    bytes[end++] = value;
  } else if (value >= -0x80) {
    bytes[end++] = 0xd0;
    bytes[end++] = value;
  } else if (value >= -0x8000) {
    bytes[end++] = 0xd1;
    bytes[end++] = value >> 8;
    bytes[end++] = value;
  } else {
    bytes[end] = 0xd2;
    view.setInt32(end + 1, value);
    end += 5;
  }
}

function writeBigint(value: bigint): void {
  const signed = BigInt.asIntN(64, value) === value;
  if (!signed && BigInt.asUintN(64, value) !== value) {
    throw new RpcError("invalid-argument", "expected an integer of 64 bits");
  }
  bytes[end] = signed ? 0xd3 : 0xcf;
  view.setBigUint64(end + 1, BigInt.asUintN(64, value));
  end += 9;
}

function writeString(text: string): void {
  const { length } = text;
  reserve(longestHead + length * 3);
  if (length >= longText || !writeAscii(text)) writeUnicode(text);
}

/** Writes a short text of ASCII, as most are. False for any other: nothing is written then. */
function writeAscii(text: string): boolean {
  const { length } = text;
  const memory = bytes;
  const start = end + (length < 0x20 ? 1 : 2);
  let all = 0;
  for (let i = 0; i < length; i++) {
    const character = text.charCodeAt(i);
    memory[start + i] = character;
    all |= character;
  }
  if (all >= 0x80) return false;
  if (length < 0x20) bytes[end++] = 0xa0 | length;
  else writeSize(0xd9, length);
  end += length;
  return true;
}

function writeUnicode(text: string): void {
  // How many bytes it takes decides the head, and is known afterwards: it moves to where it belongs then.
  const at = end + longestHead;
  const { written } = encoder.encodeInto(text, bytes.subarray(at));
  if (written < 0x20) bytes[end++] = 0xa0 | written;
  else writeSize(0xd9, written);
  bytes.copyWithin(end, at, at + written);
  end += written;
}

function writeBytes(value: Uint8Array): void {
  writeSize(0xc4, value.length);
  reserve(value.length);
  bytes.set(value, end);
  end += value.length;
}

function writeArray(items: readonly unknown[]): void {
  const { length } = items;
  if (length < 0x10) bytes[end++] = 0x90 | length;
  else writeLargeSize(0xdc, length);
  for (let i = 0; i < length; i++) write(items[i]);
}

function writeMap(map: object): void {
  const entries = Object.entries(map);
  if (entries.length < 0x10) bytes[end++] = 0x80 | entries.length;
  else writeLargeSize(0xde, entries.length);
  for (const [key, value] of entries) {
    writeString(key);
    write(value);
  }
}

/** A tag that has forms for 8, 16 and 32 bits, one after the other, and the size or integer that goes with it. */
function writeSize(tag8: number, size: number): void {
  if (size >= 0x100) {
    writeLargeSize(tag8 + 1, size);
    return;
  }
  bytes[end++] = tag8;
  bytes[end++] = size;
}

function writeLargeSize(tag16: number, size: number): void {
  if (size < 0x10000) {
    bytes[end++] = tag16;
    bytes[end++] = size >> 8;
    bytes[end++] = size;
  } else {
    bytes[end] = tag16 + 1;
    view.setUint32(end + 1, size);
    end += 5;
  }
}

/** Makes sure that so many bytes have room at the end. */
function reserve(length: number): void {
  if (end + length <= bytes.length) return;
  const larger = new Uint8Array((end + length) * 2);
  larger.set(bytes.subarray(0, end));
  useMemory(larger);
}

function useMemory(memory: Uint8Array<ArrayBuffer>): void {
  bytes = memory;
  view = new DataView(memory.buffer);
}
