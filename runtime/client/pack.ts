import { RpcError } from "../error/rpc-error.js";

// msgpackr takes 12 kB gzipped of the 14 that a client may weigh, and compiles functions at run time, which
// the content security policy of many pages forbids. This writes the same bytes.

const encoder = new TextEncoder();

/** Where the message that is being written stands. It is replaced by a larger one for that message alone. */
let target = new DataView(new ArrayBuffer(4096));
let end = 0;

/** The value, which a codec wrote, as MessagePack. The bytes are the caller's own. */
export function pack(value: unknown): Uint8Array {
  const kept = target;
  end = 0;
  try {
    write(value);
    return new Uint8Array(target.buffer.slice(0, end));
  } finally {
    target = kept;
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
    const at = reserve(9);
    target.setUint8(at, 0xcb);
    target.setFloat64(at + 1, value);
  }
}

function writeBigint(value: bigint): void {
  const signed = BigInt.asIntN(64, value) === value;
  if (!signed && BigInt.asUintN(64, value) !== value) {
    throw new RpcError("invalid-argument", "expected an integer of 64 bits");
  }
  const at = reserve(9);
  target.setUint8(at, signed ? 0xd3 : 0xcf);
  target.setBigUint64(at + 1, BigInt.asUintN(64, value));
}

function writeString(value: string): void {
  const bytes = encoder.encode(value);
  if (bytes.length < 0x20) head(0xa0 | bytes.length, 0, 0);
  else sized(0xd9, bytes.length);
  copy(bytes);
}

function writeBytes(bytes: Uint8Array): void {
  sized(0xc4, bytes.length);
  copy(bytes);
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
  const at = reserve(1 + width);
  target.setUint8(at, type);
  if (width === 1) target.setUint8(at + 1, value);
  else if (width === 2) target.setUint16(at + 1, value);
  else if (width === 4) target.setUint32(at + 1, value);
}

function copy(bytes: Uint8Array): void {
  const at = reserve(bytes.length);
  new Uint8Array(target.buffer).set(bytes, at);
}

/** Makes room at the end and returns where it begins. It may replace `target`. */
function reserve(length: number): number {
  const at = end;
  end += length;
  if (end > target.byteLength) {
    const larger = new Uint8Array(end * 2);
    larger.set(new Uint8Array(target.buffer, 0, at));
    target = new DataView(larger.buffer);
  }
  return at;
}
