/** One MQTT packet, in bytes that hold others too. */
export interface IncomingPacket {
  readonly bytes: Buffer;
  /** Where its first byte is. */
  readonly start: number;
  /** Where what follows the length begins. */
  readonly body: number;
  readonly end: number;
}

/** Takes the packets that a splitter finds. */
export interface PacketSink {
  /** Returns false to be given no more packets until {@link PacketSplitter.resume}. */
  onPacket(packet: IncomingPacket): boolean;
  /** The bytes are no MQTT, or announce a packet longer than is allowed. Nothing comes after this. */
  onViolation(message: string, reason: "malformed" | "packet-bytes"): void;
}

/**
 * Cuts a stream of bytes into MQTT packets, and keeps what is not complete yet. The length that a packet
 * announces is compared with the limit before anything is kept: MQTT itself allows 256 MiB.
 */
export class PacketSplitter {
  readonly #sink: PacketSink;
  readonly #limit: number;
  /** Bytes that wait for the rest of their packet, or for `resume`: the first `#kept` of `#buffer`. */
  #buffer: Buffer = empty;
  #kept = 0;
  #isHeld = false;

  /** @param limit bytes of a packet behind its length */
  constructor(sink: PacketSink, limit: number) {
    this.#sink = sink;
    this.#limit = limit;
  }

  push(bytes: Buffer): void {
    if (this.#kept > 0) {
      this.#keep(bytes, 0);
      if (!this.#isHeld) this.#splitKept();
    } else if (this.#isHeld) {
      this.#keep(bytes, 0);
    } else {
      const end = this.#split(bytes, bytes.length);
      if (end < bytes.length) this.#keep(bytes, end);
    }
  }

  /** Goes on after the sink returned false. */
  resume(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    if (this.#kept > 0) this.#splitKept();
  }

  #splitKept(): void {
    const buffer = this.#buffer;
    const kept = this.#kept;
    const end = this.#split(buffer, kept);
    if (end === 0) return;
    // Not moved to the front: packets that were passed on may still be looked at in the old buffer.
    this.#buffer = empty;
    this.#kept = 0;
    if (end < kept) this.#keep(buffer.subarray(0, kept), end);
  }

  /** Passes on all whole packets and returns where the first that is not whole begins. */
  #split(bytes: Buffer, length: number): number {
    let start = 0;
    while (start < length) {
      let size = 0;
      let factor = 1;
      let body = start + 1;
      for (;;) {
        const byte = bytes[body];
        if (byte === undefined || body >= length) return start;
        body++;
        size += (byte & 0x7f) * factor;
        if (byte < 0x80) break;
        factor *= 0x80;
        // [MQTT-2.2.3] The length has four bytes at most.
        if (factor > 0x200000) return this.#refuse("malformed length of a packet", "malformed", length);
      }
      if (size > this.#limit) return this.#refuse(`packet of ${size} bytes`, "packet-bytes", length);
      const end = body + size;
      if (end > length) return start;
      if (!this.#sink.onPacket({ bytes, start, body, end })) {
        this.#isHeld = true;
        return end;
      }
      start = end;
    }
    return start;
  }

  #refuse(message: string, reason: "malformed" | "packet-bytes", length: number): number {
    this.#isHeld = true;
    this.#sink.onViolation(message, reason);
    return length;
  }

  /** Keeps the bytes from `start`, in a buffer that grows with what has arrived, not with what was announced. */
  #keep(bytes: Buffer, start: number): void {
    const needed = this.#kept + bytes.length - start;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#buffer.length * 2, 64));
      this.#buffer.copy(grown, 0, 0, this.#kept);
      this.#buffer = grown;
    }
    bytes.copy(this.#buffer, this.#kept, start);
    this.#kept = needed;
  }
}

const empty = Buffer.alloc(0);
