import type { Benchmark, Runner, Sample } from "../harness/benchmark.js";
import { startChild } from "../harness/child.js";

/** What a call to a module in the same thread costs. */
export const local: Benchmark = {
  name: "local",
  title: "Local calls: a ten-field object in and out, checked and copied, with a deadline",
  comparisons: [
    {
      title: "one after the other",
      floor: { label: "bare await fn()", open: () => openSide("local-bare") },
      subject: { label: "stub of a module", open: () => openSide("local-antwire") },
      bars: [
        { kind: "within", times: 5 },
        { kind: "rate", callsPerSecond: 4e6 },
      ],
    },
  ],
};

async function openSide(side: string): Promise<Runner> {
  const child = await startChild(side);
  return { run: (seconds) => child.request<Sample>("run", seconds), close: child.close };
}
