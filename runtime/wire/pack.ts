import { RpcError } from "../error/rpc-error.js";

// Measured against msgpackr on the positional array of an object with ten fields: 0.7 of its time, of which
// what it saves for each message is most; and none of its code is made at run time.

/** Memory that messages are written to, one behind the other. A message of some size gets memory of its own. */
const poolSize = 16_384;
/** Where less is left, most messages would have to move while they are written. */
const leastRoom = 512;
/** Memory that a long message needed is used on for those that follow, unless it is larger. */
const largestPool = 1 << 20;
/** Up to this length, writing the characters one by one is faster than to call into the engine. */
const shortText = 40;

let pool = createPool(poolSize);
let view = new DataView(pool.buffer);
/** Where the message begins that is being written, and where it ends so far. */
let start = 0;
let end = 0;

/** Bytes of which those from `start` to `end` are a value in MessagePack. */
export type PackedValue = Buffer & { readonly start: number; readonly end: number };

/** The value, which a codec wrote, as MessagePack that any library reads. The bytes are the caller's own. */
export function pack(value: unknown): Buffer {
  begin();
  write(value);
  return pool.subarray(start, end);
}

/** The same as {@link pack}, in memory that the next call writes over: for who copies the bytes anyway. */
export function packForNow(value: unknown): PackedValue {
  begin();
  write(value);
  pool.start = start;
  pool.end = end;
  end = start;
  return pool;
}

function createPool(size: number): Buffer & { start: number; end: number } {
  return Object.assign(Buffer.allocUnsafeSlow(size), { start: 0, end: 0 });
}

function begin(): void {
  if (pool.length - end < leastRoom || pool.length > largestPool) usePool(createPool(poolSize));
  start = end;
}

function usePool(next: typeof pool): void {
  pool = next;
  view = new DataView(next.buffer);
  end = 0;
}

/** Makes sure that so many bytes have room at the end. */
function reserve(length: number): void {
  if (end + length <= pool.length) return;
  const before = pool;
  const [from, to] = [start, end];
  usePool(createPool(Math.max((to - from + length) * 2, poolSize)));
  before.copy(pool, 0, from, to);
  start = 0;
  end = to - from;
}

function write(value: unknown): void {
  reserve(9); // What any scalar takes, and the head of anything else.
  switch (typeof value) {
    case "number":
      writeNumber(value);
      return;
    case "string":
      writeText(value);
      return;
    case "boolean":
      pool[end++] = value ? 0xc3 : 0xc2;
      return;
    case "bigint":
      writeBigint(value);
      return;
    case "undefined":
      pool[end++] = 0xc0;
      return;
    case "object":
      if (value === null) pool[end++] = 0xc0;
      else if (Array.isArray(value)) writeArray(value);
      else if (value instanceof Uint8Array) writeBytes(value);
      else writeMap(value);
      return;
    default:
      throw new RpcError("invalid-argument", `expected data, got a ${typeof value}`);
  }
}

function writeNumber(value: number): void {
  if (value >>> 0 === value) {
    if (value < 0x80) pool[end++] = value;
    else writeSized(0xcc, value);
  } else if (value >> 0 === value) {
    if (value >= -0x20) pool[end++] = value;
    else if (value >= -0x80) {
      pool[end++] = 0xd0;
      pool[end++] = value;
    } else if (value >= -0x8000) {
      pool[end++] = 0xd1;
      write16(value);
    } else {
      pool[end++] = 0xd2;
      write32(value);
    }
  } else {
    pool[end] = 0xcb;
    view.setFloat64(end + 1, value);
    end += 9;
  }
}

function writeBigint(value: bigint): void {
  const signed = BigInt.asIntN(64, value) === value;
  if (!signed && BigInt.asUintN(64, value) !== value) {
    throw new RpcError("invalid-argument", "expected an integer of 64 bits");
  }
  pool[end] = signed ? 0xd3 : 0xcf;
  view.setBigUint64(end + 1, BigInt.asUintN(64, value));
  end += 9;
}

function writeText(text: string): void {
  const { length } = text;
  if (length > shortText || !writeAscii(text)) writeLongText(text);
}

/** Whether the text was written: nothing but ASCII has as many bytes as characters. */
function writeAscii(text: string): boolean {
  const { length } = text;
  reserve(length + 2);
  let at = end + (length < 0x20 ? 1 : 2);
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return false;
    pool[at++] = unit;
  }
  if (length < 0x20) {
    pool[end] = 0xa0 | length;
  } else {
    pool[end] = 0xd9;
    pool[end + 1] = length;
  }
  end = at;
  return true;
}

function writeLongText(text: string): void {
  reserve(5 + text.length * 3);
  // How many bytes it takes decides the head, and is known afterwards: at least as many as it has characters.
  const at = end + headOf(text.length);
  const length = pool.write(text, at, "utf8");
  const head = headOf(length);
  if (end + head !== at) pool.copyWithin(end + head, at, at + length);
  if (length < 0x20) pool[end++] = 0xa0 | length;
  else writeSized(0xd9, length);
  end += length;
}

function headOf(length: number): number {
  if (length < 0x20) return 1;
  if (length < 0x100) return 2;
  return length < 0x10000 ? 3 : 5;
}

function writeBytes(value: Uint8Array): void {
  writeSized(0xc4, value.length);
  reserve(value.length);
  pool.set(value, end);
  end += value.length;
}

function writeArray(items: readonly unknown[]): void {
  const { length } = items;
  if (length < 0x10) pool[end++] = 0x90 | length;
  else writeSized16(0xdc, length);
  for (let i = 0; i < length; i++) write(items[i]);
}

function writeMap(map: object): void {
  const entries = Object.entries(map);
  if (entries.length < 0x10) pool[end++] = 0x80 | entries.length;
  else writeSized16(0xde, entries.length);
  for (const [key, value] of entries) {
    reserve(5);
    writeText(key);
    write(value);
  }
}

/** A type that has forms with 8, 16 and 32 bits, one after the other, and the number that goes with it. */
function writeSized(type8: number, value: number): void {
  if (value < 0x100) {
    pool[end++] = type8;
    pool[end++] = value;
  } else {
    writeSized16(type8 + 1, value);
  }
}

function writeSized16(type16: number, value: number): void {
  if (value < 0x10000) {
    pool[end++] = type16;
    write16(value);
  } else {
    pool[end++] = type16 + 1;
    write32(value);
  }
}

function write16(value: number): void {
  pool[end++] = value >> 8;
  pool[end++] = value;
}

function write32(value: number): void {
  pool[end++] = value >>> 24;
  pool[end++] = value >> 16;
  pool[end++] = value >> 8;
  pool[end++] = value;
}
