import { RpcError } from "../error/rpc-error.js";

// msgpackr takes 12 kB gzipped of the 14 that a client may weigh, and compiles functions at run time, which
// the content security policy of many pages forbids. This writes the same bytes.

const encoder = new TextEncoder();

/** The message that is being written; memory that is too small is replaced for that message alone. */
let bytes = new Uint8Array(4096);
let view = new DataView(bytes.buffer);
let end = 0;

/** The value, which a codec wrote, as MessagePack. The bytes are the caller's own. */
export function pack(value: unknown): Uint8Array {
  const [keptBytes, keptView] = [bytes, view];
  end = 0;
  try {
    write(value);
    return bytes.slice(0, end);
  } finally {
    [bytes, view] = [keptBytes, keptView];
  }
}

function write(value: unknown): void {
  if (typeof value === "number") writeNumber(value);
  else if (typeof value === "string") writeString(value);
  else if (value === null || value === undefined) head(0xc0, 0, 0);
  else if (typeof value === "boolean") head(value ? 0xc3 : 0xc2, 0, 0);
  else if (Array.isArray(value)) writeArray(value);
  else if (value instanceof Uint8Array) writeBytes(value);
  else if (typeof value === "object") writeMap(value);
  else if (typeof value === "bigint") writeBigint(value);
  else throw new RpcError("invalid-argument", `expected data, got a ${typeof value}`);
}

function writeNumber(value: number): void {
  if (value >>> 0 === value) {
    if (value < 0x80) head(value, 0, 0);
    else sized(0xcc, value);
  } else if (value >> 0 === value) {
    if (value >= -0x20) head(value & 0xff, 0, 0);
    else if (value >= -0x80) head(0xd0, 1, value);
    else if (value >= -0x8000) head(0xd1, 2, value);
    else head(0xd2, 4, value);
  } else {
    head(0xcb, 0, 0);
    reserve(8);
    view.setFloat64(end, value);
    end += 8;
  }
}

function writeBigint(value: bigint): void {
  const signed = BigInt.asIntN(64, value) === value;
  if (!signed && BigInt.asUintN(64, value) !== value) {
    throw new RpcError("invalid-argument", "expected an integer of 64 bits");
  }
  head(signed ? 0xd3 : 0xcf, 0, 0);
  reserve(8);
  view.setBigUint64(end, BigInt.asUintN(64, value));
  end += 8;
}

function writeString(value: string): void {
  // How many bytes it takes decides the head, and is known afterwards: it moves to where it belongs then.
  const longestHead = 5;
  reserve(longestHead + value.length * 3);
  const at = end + longestHead;
  const { written } = encoder.encodeInto(value, bytes.subarray(at));
  if (written < 0x20) head(0xa0 | written, 0, 0);
  else sized(0xd9, written);
  bytes.copyWithin(end, at, at + written);
  end += written;
}

function writeBytes(value: Uint8Array): void {
  sized(0xc4, value.length);
  reserve(value.length);
  bytes.set(value, end);
  end += value.length;
}

function writeArray(items: readonly unknown[]): void {
  if (items.length < 0x10) head(0x90 | items.length, 0, 0);
  else sized16(0xdc, items.length);
  for (let i = 0; i < items.length; i++) write(items[i]);
}

function writeMap(map: object): void {
  const entries = Object.entries(map);
  if (entries.length < 0x10) head(0x80 | entries.length, 0, 0);
  else sized16(0xde, entries.length);
  for (const [key, value] of entries) {
    writeString(key);
    write(value);
  }
}

/** A type that has forms with 8, 16 and 32 bits, one after the other, and the number that goes with it. */
function sized(type8: number, value: number): void {
  if (value < 0x100) head(type8, 1, value);
  else sized16(type8 + 1, value);
}

function sized16(type16: number, value: number): void {
  if (value < 0x10000) head(type16, 2, value);
  else head(type16 + 1, 4, value);
}

function head(type: number, width: 0 | 1 | 2 | 4, value: number): void {
  reserve(5);
  view.setUint8(end, type);
  if (width === 1) view.setUint8(end + 1, value);
  else if (width === 2) view.setUint16(end + 1, value);
  else if (width === 4) view.setUint32(end + 1, value);
  end += 1 + width;
}

/** Makes sure that so many bytes have room at the end. */
function reserve(length: number): void {
  if (end + length <= bytes.length) return;
  const larger = new Uint8Array((end + length) * 2);
  larger.set(bytes.subarray(0, end));
  bytes = larger;
  view = new DataView(bytes.buffer);
}
