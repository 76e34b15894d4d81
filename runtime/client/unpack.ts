import { RpcError } from "../error/rpc-error.js";

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** Codecs allow 64 levels of values, around which stands a reply; more would only eat up the stack. */
const maxDepth = 128;
const largestExact = 2n ** 53n;

/**
 * What the bytes say, as msgpackr says it on the server: 64-bit integers are numbers where these are exact
 * and bigint elsewhere, bytes are views on the message. Anything but one whole value in plain MessagePack
 * throws.
 */
export function unpack(bytes: Uint8Array): unknown {
  const reader = new Reader(bytes);
  const value = reader.read(0);
  if (reader.at !== bytes.length) refuse();
  return value;
}

function refuse(): never {
  throw new RpcError("internal", "expected one value in MessagePack");
}

class Reader {
  at = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(depth: number): unknown {
    const type = this.#uint(1);
    if (type < 0x80) return type;
    if (type < 0x90) return this.#map(type & 0x0f, depth);
    if (type < 0xa0) return this.#array(type & 0x0f, depth);
    if (type < 0xc0) return this.#string(type & 0x1f);
    if (type >= 0xe0) return type - 0x100;
    switch (type) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
        return this.#slice(this.#uint(1));
      case 0xc5:
        return this.#slice(this.#uint(2));
      case 0xc6:
        return this.#slice(this.#uint(4));
      case 0xca:
        return this.#view.getFloat32(this.#skip(4));
      case 0xcb:
        return this.#view.getFloat64(this.#skip(8));
      case 0xcc:
        return this.#uint(1);
      case 0xcd:
        return this.#uint(2);
      case 0xce:
        return this.#uint(4);
      case 0xcf:
        return exact(this.#view.getBigUint64(this.#skip(8)));
      case 0xd0:
        return this.#view.getInt8(this.#skip(1));
      case 0xd1:
        return this.#view.getInt16(this.#skip(2));
      case 0xd2:
        return this.#view.getInt32(this.#skip(4));
      case 0xd3:
        return exact(this.#view.getBigInt64(this.#skip(8)));
      case 0xd9:
        return this.#string(this.#uint(1));
      case 0xda:
        return this.#string(this.#uint(2));
      case 0xdb:
        return this.#string(this.#uint(4));
      case 0xdc:
        return this.#array(this.#uint(2), depth);
      case 0xdd:
        return this.#array(this.#uint(4), depth);
      case 0xde:
        return this.#map(this.#uint(2), depth);
      case 0xdf:
        return this.#map(this.#uint(4), depth);
      default:
        return refuse(); // Extensions, and 0xc1, which means nothing.
    }
  }

  #array(length: number, depth: number): unknown[] {
    if (depth === maxDepth) refuse();
    const items: unknown[] = [];
    for (let i = 0; i < length; i++) items.push(this.read(depth + 1));
    return items;
  }

  #map(size: number, depth: number): Record<string, unknown> {
    if (depth === maxDepth) refuse();
    const map: Record<string, unknown> = {};
    for (let i = 0; i < size; i++) {
      const key = this.read(depth + 1);
      if (typeof key !== "string") refuse();
      // msgpackr's spelling: assigned as it is, the key would replace the object's prototype.
      map[key === "__proto__" ? "__proto_" : key] = this.read(depth + 1);
    }
    return map;
  }

  #string(length: number): string {
    return decoder.decode(this.#slice(length));
  }

  #slice(length: number): Uint8Array {
    const start = this.#skip(length);
    return this.#bytes.subarray(start, start + length);
  }

  #uint(width: 1 | 2 | 4): number {
    const at = this.#skip(width);
    if (width === 1) return this.#view.getUint8(at);
    return width === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  /** Goes on by so many bytes and returns where they begin. */
  #skip(length: number): number {
    const start = this.at;
    this.at += length;
    if (this.at > this.#bytes.length) refuse();
    return start;
  }
}

function exact(value: bigint): number | bigint {
  return value >= -largestExact && value <= largestExact ? Number(value) : value;
}
