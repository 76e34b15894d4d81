import { Program, type Usage } from "../compiler/program.js";
import { Workplace } from "../compiler/workplace.js";
import type { Benchmark, Runner, Sample, Side } from "../harness/benchmark.js";

// What generated code speaks of: clients take a `URL`.
const platform = ["ES2023", "DOM"];
const editsOfRun = 5;

/** What it costs to compile an IDL of 200 modules and 2,000 types. */
export const compiler: Benchmark = {
  name: "compiler",
  title: "Compiler: 200 modules and 2,000 types",
  comparisons: [
    {
      title: "whole run",
      floor: { label: "tsc --noEmit", open: () => openRuns((place) => place.tsc("idl")) },
      subject: { label: "codegen", open: () => openRuns((place) => place.codegen) },
      bars: [{ kind: "within", times: 2.5 }],
    },
    {
      title: "from the edit of one file to the last word",
      floor: watcher("tsc --watch", (place) => [...place.tsc("idl"), "--watch"], /Found 0 errors/),
      subject: watcher("codegen --watch", (place) => [...place.codegen, "--watch"], /files? changed/),
      bars: [{ kind: "under", milliseconds: 300 }],
    },
    {
      title: "checking types",
      floor: { label: "IDL alone", open: () => openRuns((place) => place.tsc("idl", platform)) },
      subject: { label: "generated code", open: openGeneratedCheck },
      bars: [{ kind: "within", times: 2 }],
    },
  ],
};

let built: Promise<unknown> | undefined;

/** A folder for the package to work in, which is built for the first one: what is measured is what users install. */
async function openWorkplace(): Promise<Workplace> {
  built ??= new Program(["--import", "tsx", "build.ts"]).ended();
  await built;
  return new Workplace();
}

/** A program that begins anew in each run. */
async function openRuns(command: (place: Workplace) => string[]): Promise<Runner> {
  const place = await openWorkplace();
  return {
    async run() {
      place.clear();
      return runOnce(command(place));
    },
    async close() {
      place.remove();
    },
  };
}

async function openGeneratedCheck(): Promise<Runner> {
  const place = await openWorkplace();
  await new Program(place.codegen).ended();
  return {
    run: () => runOnce(place.tsc("generated", platform)),
    async close() {
      place.remove();
    },
  };
}

async function runOnce(args: readonly string[]): Promise<Sample> {
  const start = performance.now();
  const { cpu, memory } = await new Program(args).ended();
  return sampleOf([performance.now() - start], cpu, memory);
}

function watcher(label: string, command: (place: Workplace) => string[], done: RegExp): Side {
  return {
    label,
    async open() {
      const place = await openWorkplace();
      const program = new Program(command(place));
      await program.prints(done);
      return {
        run: () => edit(place, program, done),
        async close() {
          await program.stop();
          place.remove();
        },
      };
    },
  };
}

async function edit(place: Workplace, program: Program, done: RegExp): Promise<Sample> {
  const before = await program.usage();
  const times: number[] = [];
  for (let i = 0; i < editsOfRun; i++) {
    const printed = program.prints(done);
    const start = performance.now();
    place.edit();
    await printed;
    times.push(performance.now() - start);
  }
  const after: Usage = await program.usage();
  return sampleOf(times, (after.cpu - before.cpu) / editsOfRun, after.memory);
}

/** @param times by the clock, in milliseconds */
function sampleOf(times: readonly number[], cpu: number, memory: number): Sample {
  const sorted = [...times].sort((a, b) => a - b).map((time) => time * 1000);
  const p50 = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const p99 = sorted.at(-1) ?? Number.NaN;
  return { callsPerSecond: 1e6 / p50, cpu, memory, p50, p99 };
}
