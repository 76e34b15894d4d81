import { parseArgs } from "node:util";
import { LeftOut } from "../harness/benchmark.js";
import { readHardware } from "../harness/hardware.js";
import { describeHardware } from "../harness/report.js";
import { amqp } from "./categories/amqp.js";
import { edge } from "./categories/edge.js";
import { local } from "./categories/local.js";
import { threads } from "./categories/threads.js";
import { compete, type Standing } from "./harness/compete.js";
import type { Category, Prepared } from "./harness/peer.js";
import { describeStanding, toMarkdown } from "./harness/table.js";

const categories = [local, threads, amqp, edge];
const usage = `npm start -- [name…] [--quick] [--json | --markdown]    names: ${categories.map(({ name }) => name).join(", ")}`;

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean" },
    json: { type: "boolean" },
    markdown: { type: "boolean" },
    help: { type: "boolean" },
  },
});
const unknown = names.filter((name) => !categories.some((category) => category.name === name));

if (options.help || unknown.length > 0) {
  console.error(unknown.length > 0 ? `No category is named ${unknown.join(", ")}.\n${usage}` : usage);
  process.exitCode = options.help ? 0 : 2;
} else {
  await run();
}

async function run(): Promise<void> {
  const effort = options.quick ? { runs: 3, seconds: 0.3 } : { runs: 3, seconds: 1.5 };
  const hardware = readHardware();
  tell(`${describeHardware(hardware)}\nMedians of ${effort.runs} runs of ${effort.seconds} s each, in turn.`);
  const results: { name: string; standings: Standing[] }[] = [];
  for (const category of categories) {
    if (names.length > 0 && !names.includes(category.name)) continue;
    const { name, title, cpu } = category;
    tell(`\n### ${title}\n\nCPU per call is that ${cpu}.`);
    const prepared = await prepare(category);
    if (prepared === undefined) continue;
    const standings: Standing[] = [];
    try {
      for (const contest of prepared.contests) {
        const standing = await compete(contest, effort);
        standings.push(standing);
        tell(`\n${options.markdown ? toMarkdown(standing) : describeStanding(standing)}`);
      }
    } finally {
      await prepared.close();
    }
    results.push({ name, standings });
  }
  if (options.json) console.log(JSON.stringify({ hardware, effort, categories: results }, null, 2));
}

function tell(text: string): void {
  if (!options.json) console.log(text);
}

/** Undefined where the category cannot run, which is told. */
async function prepare(category: Category): Promise<Prepared | undefined> {
  try {
    return await category.prepare();
  } catch (error) {
    if (!(error instanceof LeftOut)) throw error;
    console.error(`${category.name} is left out: ${error.message}`);
    return undefined;
  }
}
