import { describeThread, type ThreadDescription } from "./describe-thread.js";
import type { ThreadLog } from "./thread-log.js";

/** Milliseconds between two signs of life. */
const intervalMs = 200;

/** An event loop that has not turned for so many milliseconds is blocked. */
const blockedMs = 1_000;

// Each thread has two cells: when it last gave a sign of life (0n: it is away), and, once another thread
// has reported it as blocked, the sign of life that it was reported for.
const cellsOfThread = 2;

/** What the threads of a process share to see that the event loops of all of them turn. */
export interface VitalsMemory {
  readonly cells: SharedArrayBuffer;
  readonly threads: readonly ThreadDescription[];
}

export function createVitalsMemory(threads: readonly ThreadDescription[]): VitalsMemory {
  const bytes = threads.length * cellsOfThread * BigInt64Array.BYTES_PER_ELEMENT;
  return { cells: new SharedArrayBuffer(bytes), threads };
}

/**
 * Gives signs of life for one thread and looks for those of all others. Whoever first sees that a thread
 * blocks its event loop says so in the log, once; the thread itself says when it is back.
 */
export class Vitals {
  readonly #cells: BigInt64Array;
  readonly #threads: readonly ThreadDescription[];
  readonly #own: number;
  readonly #log: ThreadLog;
  readonly #timer: NodeJS.Timeout;

  /** @param own which of the threads this is */
  constructor({ cells, threads }: VitalsMemory, own: number, log: ThreadLog) {
    this.#cells = new BigInt64Array(cells);
    this.#threads = threads;
    this.#own = own;
    this.#log = log;
    this.#beat(process.hrtime.bigint());
    this.#timer = setInterval(() => this.#tick(), intervalMs);
    this.#timer.unref();
  }

  /** Gives no more signs of life, and misses none. */
  stop(): void {
    clearInterval(this.#timer);
    this.markAway(this.#own);
  }

  /** A thread that has ended gives no signs of life, and is not missed. */
  markAway(thread: number): void {
    Atomics.store(this.#cells, thread * cellsOfThread, 0n);
    Atomics.store(this.#cells, thread * cellsOfThread + 1, 0n);
  }

  #tick(): void {
    const now = process.hrtime.bigint();
    const silence = this.#beat(now);
    // Who was away itself (stopped by a signal, say, like the whole process) may be the first to be back.
    if (silence > 2 * intervalMs) return;
    for (let thread = 0; thread < this.#threads.length; thread++) this.#look(thread, now);
  }

  /** Returns milliseconds since the last sign of life. */
  #beat(now: bigint): number {
    const cell = this.#own * cellsOfThread;
    const last = Atomics.exchange(this.#cells, cell, now);
    const reported = Atomics.exchange(this.#cells, cell + 1, 0n);
    if (reported !== 0n) {
      const ms = milliseconds(now - reported);
      this.#report(this.#own, ms, `runs again: its event loop was blocked for ${ms} ms`);
    }
    return milliseconds(now - last);
  }

  #look(thread: number, now: bigint): void {
    const cell = thread * cellsOfThread;
    const last = Atomics.load(this.#cells, cell);
    const ms = milliseconds(now - last);
    if (last === 0n || ms < blockedMs) return;
    if (Atomics.compareExchange(this.#cells, cell + 1, 0n, last) !== 0n) return;
    this.#report(thread, ms, `blocks its event loop, for ${ms} ms by now`);
  }

  #report(thread: number, ms: number, what: string): void {
    const description = this.#threads[thread];
    if (description !== undefined)
      this.#log.warn({ blockedMs: ms }, `The ${describeThread(description)} ${what}`);
  }
}

function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n);
}
