/** A packet that waits, and who waits for it to leave. */
interface Held {
  readonly packet: Uint8Array;
  onSent: (() => void)[] | undefined;
}

/** What is taken together. */
export interface Released {
  readonly packets: readonly Uint8Array[];
  readonly bytes: number;
  readonly onSent: readonly (() => void)[];
}

/**
 * Packets for a client that has enough to read for now, in the order in which they came. Those of pushes marked
 * `@latest` give way to newer ones.
 */
export class HeldPackets {
  /** By place for pushes marked `@latest`, which are not negative; by negative numbers for all others. */
  readonly #held = new Map<number, Held>();
  #last = 0;
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#held.size === 0;
  }

  /** Bytes of those that do not give way. */
  get bytes(): number {
    return this.#bytes;
  }

  add(packet: Uint8Array): void {
    this.#bytes += packet.length;
    this.#held.set(--this.#last, { packet, onSent: undefined });
  }

  /** Adds a push marked `@latest`. Returns whether an older one at its place was dropped for it. */
  addLatest(packet: Uint8Array, place: number): boolean {
    // To the end, and not in place: what was pushed in between came before it.
    const isReplaced = this.#held.delete(place);
    this.#held.set(place, { packet, onSent: undefined });
    return isReplaced;
  }

  /** Calls back when what was added last, and does not give way, has left. Returns false where that waits no more. */
  whenSent(callback: () => void): boolean {
    const held = this.#held.get(this.#last);
    if (held === undefined) return false;
    held.onSent ??= [];
    held.onSent.push(callback);
    return true;
  }

  /** Takes the first packets, until they are so many bytes. */
  take(enough: number): Released {
    const packets: Uint8Array[] = [];
    const onSent: (() => void)[] = [];
    let bytes = 0;
    for (const [key, held] of this.#held) {
      packets.push(held.packet);
      bytes += held.packet.length;
      if (held.onSent !== undefined) onSent.push(...held.onSent);
      if (key < 0) this.#bytes -= held.packet.length;
      this.#held.delete(key);
      if (bytes >= enough) break;
    }
    return { packets, bytes, onSent };
  }
}
