import { build } from "hdr-histogram-js";
import type { Sample } from "../harness/benchmark.js";

/** Calls to make. */
export interface ThreadCalls {
  readonly inFlight: number;
  readonly seconds: number;
}

/** Sends a call; its answer is handed to {@link ThreadLoad.onAnswer} with the slot. */
export type SendCall = (slot: number) => void;

/** Keeps calls to another thread in flight. CPU is that of both threads. */
export class ThreadLoad {
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
  run({ inFlight, seconds }: ThreadCalls): Promise<Sample> {
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
