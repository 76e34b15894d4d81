import { build } from "hdr-histogram-js";
import type { Sample } from "./benchmark.js";

// Reading the clock costs as much as what is measured here, so percentiles are those of batches.
const batch = 200;

/** Calls again and again, each call after the last has ended. */
export async function measureAsync(seconds: number, call: () => Promise<unknown>): Promise<Sample> {
  const meter = createMeter(seconds);
  while (!meter.isOver()) {
    for (let i = 0; i < batch; i++) await call();
    meter.tick();
  }
  return meter.result();
}

/** Calls again and again. */
export function measureSync(seconds: number, call: () => unknown): Sample {
  const meter = createMeter(seconds);
  while (!meter.isOver()) {
    for (let i = 0; i < batch; i++) sink = call();
    meter.tick();
  }
  return meter.result();
}

/** Where results go, so that no call is without effect. */
export let sink: unknown;

function createMeter(seconds: number) {
  const histogram = build({ numberOfSignificantValueDigits: 3 });
  const cpuAtStart = process.cpuUsage();
  const start = performance.now();
  const end = start + seconds * 1000;
  let last = start;
  let calls = 0;
  return {
    isOver: () => last >= end,
    tick(): void {
      const now = performance.now();
      histogram.recordValue(Math.round(((now - last) * 1e6) / batch));
      last = now;
      calls += batch;
    },
    result(): Sample {
      const cpu = process.cpuUsage(cpuAtStart);
      return {
        callsPerSecond: (calls * 1000) / (last - start),
        cpu: (cpu.user + cpu.system) / calls,
        p50: histogram.getValueAtPercentile(50) / 1000,
        p99: histogram.getValueAtPercentile(99) / 1000,
      };
    },
  };
}
