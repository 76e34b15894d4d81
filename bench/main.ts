import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { amqp } from "./benchmarks/amqp.js";
import { codec } from "./benchmarks/codec.js";
import { compiler } from "./benchmarks/compiler.js";
import { fanOut } from "./benchmarks/fan-out.js";
import { gateway } from "./benchmarks/gateway.js";
import { group } from "./benchmarks/group.js";
import { idle } from "./benchmarks/idle.js";
import { local } from "./benchmarks/local.js";
import { start } from "./benchmarks/start.js";
import { threads } from "./benchmarks/threads.js";
import { validators } from "./benchmarks/validators.js";
import { type Benchmark, type Comparison, LeftOut, type Prepared } from "./harness/benchmark.js";
import { compare, type Effort, type Outcome } from "./harness/compare.js";
import { readHardware } from "./harness/hardware.js";
import { describeHardware, describeOutcome } from "./harness/report.js";
import { describeWeight } from "./size/report-weight.js";
import { type ClientWeight, weighClient } from "./size/weigh-client.js";

const benchmarks = [local, codec, validators, compiler, start, threads, amqp, gateway, fanOut, group, idle];
const usage = `npm run bench -- [name…] [--quick] [--json]    names: ${[...benchmarks.map(({ name }) => name), "size"].join(", ")}`;

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean" }, json: { type: "boolean" }, help: { type: "boolean" } },
});
const unknown = names.filter(
  (name) => name !== "size" && !benchmarks.some((benchmark) => benchmark.name === name),
);

if (options.help || unknown.length > 0) {
  console.error(unknown.length > 0 ? `No benchmark is named ${unknown.join(", ")}.\n${usage}` : usage);
  process.exitCode = options.help ? 0 : 1;
} else {
  await run();
}

async function run(): Promise<void> {
  const effort = options.quick ? { runs: 3, seconds: 0.3 } : { runs: 5, seconds: 2 };
  const hardware = readHardware();
  const codegen = ["--import", "tsx", "generator/main.ts", "--idl", "bench/idl", "--out", "bench/generated"];
  execFileSync(process.execPath, codegen, { stdio: ["ignore", "ignore", "inherit"] });
  const results: { name: string; outcomes: Outcome[] }[] = [];
  if (!options.json) {
    console.log(describeHardware(hardware));
    console.log(`Medians of ${effort.runs} runs of ${effort.seconds} s a side, both sides in turn.`);
  }
  for (const benchmark of benchmarks) {
    if (names.length > 0 && !names.includes(benchmark.name)) continue;
    if (!options.json) console.log(`\n# ${benchmark.title}`);
    const prepared = await prepare(benchmark);
    if (prepared === undefined) continue;
    try {
      results.push({ name: benchmark.name, outcomes: await compareAll(prepared.comparisons, effort) });
    } finally {
      await prepared.close();
    }
  }
  const size = names.length === 0 || names.includes("size") ? await weigh() : undefined;
  if (options.json) console.log(JSON.stringify({ hardware, effort, benchmarks: results, size }, null, 2));
}

async function weigh(): Promise<ClientWeight> {
  const weight = await weighClient();
  if (!options.json) {
    console.log(`\n# What a page loads to play, minified and gzipped\n\n${describeWeight(weight)}`);
  }
  return weight;
}

/** Undefined where the benchmark cannot run, which is told. */
async function prepare({ name, comparisons }: Benchmark): Promise<Prepared | undefined> {
  if (typeof comparisons !== "function") return { comparisons, close: async () => {} };
  try {
    return await comparisons();
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error;
    console.error(`${name} is left out: ${error.message}`);
    return undefined;
  }
}

async function compareAll(comparisons: readonly Comparison[], effort: Effort): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const comparison of comparisons) {
    const outcome = await compare(comparison, effort);
    outcomes.push(outcome);
    if (!options.json) console.log(`\n${describeOutcome(outcome)}`);
  }
  return outcomes;
}
