import { setTimeout as sleep } from "node:timers/promises";
import { type CallMaker, CallRecord, type Kind, nextId } from "./call-record.js";
import { deadline } from "./callers.js";

/** What a load did. */
export interface LoadResult {
  readonly calls: readonly CallRecord[];
  /** By `performance.now()`. */
  readonly began: number;
  readonly ended: number;
  /** Milliseconds for which this process itself did nothing, at worst. */
  readonly longestStall: number;
}

const callsPerSecond = 2_500;
const beat = 5;

/** Calls of all kinds at a steady rate, whatever becomes of those before, until it is stopped. */
export class Load {
  readonly #call: CallMaker;
  readonly #calls: CallRecord[] = [];
  readonly #open = new Set<Promise<unknown>>();
  readonly #began = performance.now();
  readonly #timer: NodeJS.Timeout;
  #lastBeat = performance.now();
  #longestStall = 0;
  #isEnding = false;

  constructor(call: CallMaker) {
    this.#call = call;
    this.#timer = setInterval(() => this.#beat(), beat);
  }

  /** Makes no more calls, and resolves when all have ended or can be said to hang. */
  async stop(): Promise<LoadResult> {
    const ended = performance.now();
    this.#isEnding = true;
    const hanging = sleep(deadline + 5_000, undefined, { ref: false });
    await Promise.race([Promise.all(this.#open), hanging]);
    clearInterval(this.#timer);
    return { calls: this.#calls, began: this.#began, ended, longestStall: this.#longestStall };
  }

  #beat(): void {
    const now = performance.now();
    this.#longestStall = Math.max(this.#longestStall, now - this.#lastBeat);
    this.#lastBeat = now;
    if (this.#isEnding) return;
    const due = ((now - this.#began) / 1_000) * callsPerSecond;
    while (this.#calls.length < due) this.#make(nextId());
  }

  #make(id: number): void {
    const { kind, milliseconds } = planOf(id);
    const record = new CallRecord(id, kind);
    this.#calls.push(record);
    const open = record.make(this.#call, milliseconds);
    this.#open.add(open);
    void open.then(() => this.#open.delete(open));
  }
}

interface Plan {
  readonly kind: Kind;
  readonly milliseconds: number;
}

const plans: readonly Plan[] = [
  ...repeat(9, { kind: "once", milliseconds: 0 }),
  { kind: "once", milliseconds: 50 },
  { kind: "once", milliseconds: 300 },
  ...repeat(4, { kind: "again", milliseconds: 0 }),
  { kind: "again", milliseconds: 100 },
  ...repeat(2, { kind: "nested", milliseconds: 0 }),
  ...repeat(2, { kind: "note", milliseconds: 0 }),
];

function planOf(id: number): Plan {
  return plans[id % plans.length] ?? { kind: "once", milliseconds: 0 };
}

/** Whether the callee answers at once. */
export function isQuick({ id, kind }: CallRecord): boolean {
  return kind !== "note" && planOf(id).milliseconds === 0;
}

function repeat(times: number, plan: Plan): Plan[] {
  return Array.from({ length: times }, () => plan);
}
