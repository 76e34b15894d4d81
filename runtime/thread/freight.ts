import type { Frame } from "../transport/transport.js";

/**
 * Makes frames fit to be cloned into another thread, and tells how large they are.
 *
 * Structured clone takes the whole memory below a view along, which may be the 8 kB of Node's pool or a
 * chunk from the network. So bytes that do not fill their memory are copied out of it, and the copy is
 * moved instead of cloned: either way the bytes are copied once. Bytes that fill their memory are never
 * moved, because the sender may send the frame again.
 */
export class Freight {
  /** About what it takes in memory. */
  bytes = 0;
  /** What is moved. */
  readonly moved: ArrayBuffer[] = [];

  /** The frame, or one in its place: the frame itself is not changed. */
  load(frame: Frame): Frame {
    return this.#loadArray(frame);
  }

  #loadArray(items: readonly unknown[]): readonly unknown[] {
    let copy: unknown[] | undefined;
    this.bytes += 8 * items.length;
    for (let i = 0; i < items.length; i++) {
      const item = items[i];
      if (typeof item === "string") this.bytes += item.length;
      else if (typeof item === "object" && item !== null) {
        const loaded = this.#loadObject(item);
        if (loaded === item) continue;
        copy ??= items.slice();
        copy[i] = loaded;
      }
    }
    return copy ?? items;
  }

  #loadObject(value: object): object {
    if (Array.isArray(value)) return this.#loadArray(value);
    return value instanceof Uint8Array ? this.#loadBytes(value) : this.#loadRecord(value);
  }

  #loadRecord(record: object): object {
    let copy: Record<string, unknown> | undefined;
    for (const [key, item] of Object.entries(record)) {
      this.bytes += 8 + key.length;
      if (typeof item === "string") this.bytes += item.length;
      else if (typeof item === "object" && item !== null) {
        const loaded = this.#loadObject(item);
        if (loaded === item) continue;
        copy ??= { ...record };
        copy[key] = loaded;
      }
    }
    return copy ?? record;
  }

  #loadBytes(bytes: Uint8Array): Uint8Array {
    this.bytes += bytes.byteLength;
    // Shared memory would stay shared.
    if (bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer) return bytes;
    const copy = new Uint8Array(bytes);
    this.moved.push(copy.buffer);
    return copy;
  }
}
