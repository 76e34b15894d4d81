import type { Bar, Comparison, Runner, Sample, Side } from "./benchmark.js";

/** How long to measure. */
export interface Effort {
  /** How often each side runs; what counts is the median. */
  readonly runs: number;
  /** Of one run. */
  readonly seconds: number;
}

/** A bar, and how far the measured figures are from it. */
export interface Verdict {
  readonly bar: Bar;
  /** In the bar's own unit: a ratio, or calls per second. */
  readonly measured: number;
  readonly met: boolean;
}

/** What a comparison showed. */
export interface Outcome {
  readonly title: string;
  readonly floor: Sample & { readonly label: string };
  readonly subject: Sample & { readonly label: string };
  readonly verdicts: readonly Verdict[];
}

/** Runs both sides in turn, so that what else the machine does meets both alike. */
export async function compare(comparison: Comparison, effort: Effort): Promise<Outcome> {
  const floors: Sample[] = [];
  const subjects: Sample[] = [];
  const open: Runner[] = [];
  try {
    const floor = await start(comparison.floor, open, effort);
    const subject = await start(comparison.subject, open, effort);
    for (let run = 0; run < effort.runs; run++) {
      floors.push(await floor.run(effort.seconds));
      subjects.push(await subject.run(effort.seconds));
    }
  } finally {
    for (const runner of open) await runner.close();
  }
  const floor = median(floors);
  const subject = median(subjects);
  return {
    title: comparison.title,
    floor: { label: comparison.floor.label, ...floor },
    subject: { label: comparison.subject.label, ...subject },
    verdicts: comparison.bars.map((bar) => judge(bar, floor, subject)),
  };
}

async function start(side: Side, open: Runner[], effort: Effort): Promise<Runner> {
  const runner = await side.open();
  open.push(runner);
  await runner.run(Math.min(1, effort.seconds)); // Until compiled.
  return runner;
}

function median(samples: readonly Sample[]): Sample {
  const bytes = samples[0]?.bytes;
  return {
    callsPerSecond: middle(samples.map((sample) => sample.callsPerSecond)),
    cpu: middle(samples.map((sample) => sample.cpu)),
    p50: middle(samples.map((sample) => sample.p50)),
    p99: middle(samples.map((sample) => sample.p99)),
    ...(bytes === undefined ? {} : { bytes }),
  };
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function judge(bar: Bar, floor: Sample, subject: Sample): Verdict {
  switch (bar.kind) {
    case "within": {
      const measured = subject.cpu / floor.cpu;
      return { bar, measured, met: measured <= bar.times };
    }
    case "faster": {
      const measured = floor.cpu / subject.cpu;
      return { bar, measured, met: measured >= bar.times };
    }
    case "rate":
      return { bar, measured: subject.callsPerSecond, met: subject.callsPerSecond >= bar.callsPerSecond };
  }
}
