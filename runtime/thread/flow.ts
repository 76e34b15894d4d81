/** How much may wait on its way to one other thread before frames come back as "full". */
export interface FlowLimits {
  /** Default: 32,768. */
  readonly frames?: number | undefined;
  /** In bytes; what is sent in one turn of the event loop may go beyond. Default: 64 MiB. */
  readonly bytes?: number | undefined;
}

const cellsOfEnd = 2;

/** Memory for the counters of both ends of a channel. */
export function createFlowMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(2 * cellsOfEnd * Int32Array.BYTES_PER_ELEMENT);
}

/**
 * Knows how much the other thread has not taken yet: a MessagePort takes messages without end. Each thread
 * counts in shared memory what it took; that costs no message, and a look only when the limit seems near.
 *
 * Sizes are in KiB, and counters wrap around at 32 bits: only differences matter.
 */
export class Flow {
  readonly #frameLimit: number;
  readonly #sizeLimit: number;
  readonly #cells: Int32Array;
  /** Where this end counts what it took. */
  readonly #own: number;
  /** Where the other end counts what it took. */
  readonly #other: number;
  #sentFrames = 0;
  #sentSize = 0;
  #waitingFrames = 0;
  #waitingSize = 0;

  constructor(memory: SharedArrayBuffer, end: 0 | 1, { frames = 32_768, bytes = 64 * 2 ** 20 }: FlowLimits) {
    this.#cells = new Int32Array(memory);
    this.#own = end * cellsOfEnd;
    this.#other = (1 - end) * cellsOfEnd;
    this.#frameLimit = frames;
    this.#sizeLimit = toSize(bytes);
  }

  /** @param queued frames that are not sent yet */
  isFull(queued: number): boolean {
    if (this.#hasRoom(queued)) return false;
    this.#waitingFrames = (this.#sentFrames - Atomics.load(this.#cells, this.#other)) | 0;
    this.#waitingSize = (this.#sentSize - Atomics.load(this.#cells, this.#other + 1)) | 0;
    return !this.#hasRoom(queued);
  }

  #hasRoom(queued: number): boolean {
    return this.#waitingFrames + queued < this.#frameLimit && this.#waitingSize < this.#sizeLimit;
  }

  /** Whether the other thread has taken all that was sent. */
  isDrained(): boolean {
    return Atomics.load(this.#cells, this.#other) === this.#sentFrames;
  }

  sent(frames: number, size: number): void {
    this.#sentFrames = (this.#sentFrames + frames) | 0;
    this.#sentSize = (this.#sentSize + size) | 0;
    this.#waitingFrames += frames;
    this.#waitingSize += size;
  }

  took(frames: number, size: number): void {
    Atomics.add(this.#cells, this.#own, frames);
    Atomics.add(this.#cells, this.#own + 1, size);
  }
}

/** Bytes in the unit of {@link Flow}. */
export function toSize(bytes: number): number {
  return Math.ceil(bytes / 1024);
}
