import type { Bar, Benchmark, Comparison, Runner, Sample } from "../harness/benchmark.js";
import { startChild } from "../harness/child.js";

interface Way {
  readonly what: string;
  readonly label: string;
  readonly side: string;
}

const frames: Way = { what: "frames", label: "thread transport", side: "threads-transport" };
const calls: Way = { what: "calls", label: "stub of a module", side: "threads-calls" };

/**
 * What a way to another thread and back costs: first the transport's frames, then whole calls, checked on
 * both sides. CPU is that of both threads.
 */
export const threads: Benchmark = {
  name: "threads",
  title: "Worker threads: a ten-field object to another thread and back",
  comparisons: [
    compareWays(1, frames, [{ kind: "latency", times: 1.3 }]),
    compareWays(16, frames, []),
    compareWays(256, frames, [{ kind: "throughput", times: 3 }]),
    compareWays(1, calls, [{ kind: "latency", times: 1.3 }]),
    compareWays(16, calls, []),
    compareWays(256, calls, [{ kind: "throughput", times: 3 }]),
  ],
};

function compareWays(inFlight: number, { what, label, side }: Way, bars: readonly Bar[]): Comparison {
  return {
    title: `${what}, ${inFlight} in flight`,
    floor: { label: "postMessage, one a call", open: () => openSide("threads-raw", inFlight) },
    subject: { label, open: () => openSide(side, inFlight) },
    bars,
  };
}

async function openSide(side: string, inFlight: number): Promise<Runner> {
  const child = await startChild(side);
  return { run: (seconds) => child.request<Sample>("run", { inFlight, seconds }), close: child.close };
}
