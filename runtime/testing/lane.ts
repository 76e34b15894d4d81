interface Chunk {
  readonly bytes: Uint8Array;
  readonly onSent: (() => void) | undefined;
}

/** Bytes that are under way in one direction of a connection in memory. */
export class Lane {
  #chunks: Chunk[] = [];
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get isEmpty(): boolean {
    return this.#chunks.length === 0;
  }

  add(bytes: Uint8Array, onSent: (() => void) | undefined): void {
    this.#chunks.push({ bytes, onSent });
    this.#size += bytes.length;
  }

  /** Delivers what is there, for as long as somebody takes it. */
  deliver(take: (bytes: Uint8Array) => void, isOpen: () => boolean): void {
    while (isOpen()) {
      const chunk = this.#chunks.shift();
      if (chunk === undefined) return;
      this.#size -= chunk.bytes.length;
      chunk.onSent?.();
      take(chunk.bytes);
    }
  }

  /** Loses what is there. */
  clear(): void {
    const lost = this.#chunks;
    this.#chunks = [];
    this.#size = 0;
    for (const { onSent } of lost) onSent?.();
  }
}
