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
  /** The label of the side that it is measured by, where there are several. */
  readonly against?: string;
  /** In the bar's own unit: a ratio, calls per second, or milliseconds. */
  readonly measured: number;
  readonly met: boolean;
}

/** What a side did, in the median of its runs. */
export type Labelled = Sample & { readonly label: string };

/** What a comparison showed. */
export interface Outcome {
  readonly title: string;
  readonly floor: Labelled;
  readonly rivals: readonly Labelled[];
  readonly subject: Labelled;
  readonly verdicts: readonly Verdict[];
}

/** Runs all sides in turn, so that what else the machine does meets them alike. */
export async function compare(comparison: Comparison, effort: Effort): Promise<Outcome> {
  const { title, bars, rivals: rivalSides = [] } = comparison;
  const started: Started[] = [];
  const start = async (side: Side): Promise<Started> => {
    const runner = { label: side.label, ...(await side.open()), samples: [] };
    started.push(runner);
    await runner.run(Math.min(1, effort.seconds)); // Until compiled.
    return runner;
  };
  try {
    const floor = await start(comparison.floor);
    const rivals: Started[] = [];
    for (const side of rivalSides) rivals.push(await start(side));
    const subject = await start(comparison.subject);
    for (let run = 0; run < effort.runs; run++) {
      for (const side of started) side.samples.push(await side.run(effort.seconds));
    }
    return report({
      title,
      bars,
      floor: median(floor),
      rivals: rivals.map(median),
      subject: median(subject),
    });
  } finally {
    for (const runner of started) await runner.close();
  }
}

interface Started extends Runner {
  readonly label: string;
  readonly samples: Sample[];
}

function report({ bars, ...outcome }: Omit<Outcome, "verdicts"> & Pick<Comparison, "bars">): Outcome {
  const { floor, rivals, subject } = outcome;
  const several = rivals.length > 0;
  const verdicts = bars.flatMap((bar) => {
    // Of the subject alone.
    if (isAbsolute(bar)) return [judge(bar, floor, subject)];
    return [floor, ...rivals].map((side) => ({
      ...judge(bar, side, subject),
      ...(several && { against: side.label }),
    }));
  });
  return { ...outcome, verdicts };
}

function isAbsolute({ kind }: Bar): boolean {
  return kind === "rate" || kind === "under" || kind === "tail" || kind === "bytes";
}

function median({ label, samples }: Started): Labelled {
  const bytes = samples.flatMap((sample) => sample.bytes ?? []);
  const memory = samples.flatMap((sample) => sample.memory ?? []);
  const brokerCpu = samples.flatMap((sample) => sample.brokerCpu ?? []);
  const clientCpu = samples.flatMap((sample) => sample.clientCpu ?? []);
  return {
    label,
    callsPerSecond: middle(samples.map((sample) => sample.callsPerSecond)),
    cpu: middle(samples.map((sample) => sample.cpu)),
    p50: middle(samples.map((sample) => sample.p50)),
    p99: middle(samples.map((sample) => sample.p99)),
    ...(bytes.length === 0 ? {} : { bytes: middle(bytes) }),
    ...(memory.length === 0 ? {} : { memory: middle(memory) }),
    ...(brokerCpu.length === 0 ? {} : { brokerCpu: middle(brokerCpu) }),
    ...(clientCpu.length === 0 ? {} : { clientCpu: middle(clientCpu) }),
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
    case "latency": {
      const measured = subject.p50 / floor.p50;
      return { bar, measured, met: measured <= bar.times };
    }
    case "throughput": {
      const measured = subject.callsPerSecond / floor.callsPerSecond;
      return { bar, measured, met: measured >= bar.times };
    }
    case "rate":
      return { bar, measured: subject.callsPerSecond, met: subject.callsPerSecond >= bar.callsPerSecond };
    case "under":
      return { bar, measured: subject.p50 / 1000, met: subject.p50 / 1000 < bar.milliseconds };
    case "tail":
      return { bar, measured: subject.p99 / 1000, met: subject.p99 / 1000 < bar.milliseconds };
    case "bytes": {
      const measured = subject.bytes ?? Number.NaN;
      return { bar, measured, met: measured <= bar.most };
    }
  }
}
