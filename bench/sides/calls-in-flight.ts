import { build } from "hdr-histogram-js";
import type { Sample } from "../harness/benchmark.js";

/** How many calls to make at a time, and how long. */
export interface CallPlan {
  readonly inFlight: number;
  readonly seconds: number;
}

/** What came of them. */
export interface CallsMade extends Sample {
  readonly calls: number;
}

/** Sends a call; its answer is handed to {@link CallsInFlight.onAnswer} with the slot. */
export type SendCall = (slot: number) => void;

/** Keeps calls in flight. CPU is that of the whole process, with all of its threads. */
export class CallsInFlight {
  readonly #send: SendCall;
  #sentAt: number[] = [];
  #onAnswer: (slot: number) => void = () => {};

  constructor(send: SendCall) {
    this.#send = send;
  }

  onAnswer(slot: number): void {
    this.#onAnswer(slot);
  }

  /** Calls until the time is over, and waits for the last answers. */
  run({ inFlight, seconds }: CallPlan): Promise<CallsMade> {
    const histogram = build({ numberOfSignificantValueDigits: 3 });
    const cpuAtStart = process.cpuUsage();
    const start = performance.now();
    const end = start + seconds * 1000;
    let calls = 0;
    let pending = inFlight;
    this.#sentAt = new Array<number>(inFlight).fill(start);
    return new Promise((resolve) => {
      this.#onAnswer = (slot) => {
        const now = performance.now();
        histogram.recordValue(Math.round((now - (this.#sentAt[slot] ?? now)) * 1000));
        calls++;
        if (now < end) {
          this.#sentAt[slot] = now;
          this.#send(slot);
        } else if (--pending === 0) {
          const { user, system } = process.cpuUsage(cpuAtStart);
          resolve({
            calls,
            callsPerSecond: (calls * 1000) / (now - start),
            cpu: (user + system) / calls,
            p50: histogram.getValueAtPercentile(50),
            p99: histogram.getValueAtPercentile(99),
          });
        }
      };
      for (let slot = 0; slot < inFlight; slot++) this.#send(slot);
    });
  }
}
