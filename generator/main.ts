import { resolve } from "node:path";
import cac from "cac";
import { runCodegen } from "./codegen.js";
import { formatChange } from "./report/format-change.js";
import { formatDiagnostic } from "./report/format-diagnostic.js";
import { applyChanges } from "./write/apply-changes.js";
import type { Changes } from "./write/plan-changes.js";
import { readText } from "./write/read-text.js";

interface Flags {
  readonly idl: string;
  readonly out: string;
  readonly check?: boolean;
  readonly accept?: string | readonly string[];
}

const command = cac("codegen");
command
  .command("", "Generate stubs, skeletons, codecs, routes and client bindings from interface files")
  .option("--idl <dir>", "The folder with the .d.ts files", { default: "idl" })
  .option("--out <dir>", "The folder for what is generated", { default: "generated" })
  .option("--check", "Write nothing; fail if what is generated is not up to date, or breaks what is shipped")
  .option("--accept <rule>", "Accept a break: `all`, a rule, or rule:path as it is reported; may be repeated")
  .action(async (flags: Flags) => {
    process.exitCode = await codegen(flags);
  });
command.help();

try {
  command.parse(process.argv, { run: false });
  await command.runMatchedCommand();
} catch (error) {
  // Wrong flags end up here, and so do files that cannot be read.
  console.error(`codegen: ${error instanceof Error ? error.message : error}`);
  console.error("Try: npm run codegen -- --help");
  process.exitCode = 2;
}

async function codegen({ idl, out, check, accept = [] }: Flags): Promise<number> {
  const started = performance.now();
  const accepted = [accept].flat();
  if (check && accepted.length > 0) throw new Error("--accept writes the lock, and --check writes nothing");
  const result = await runCodegen({ idl, out, shownFrom: process.cwd(), accept: accepted });
  if (!result.ok) {
    for (const diagnostic of result.diagnostics) {
      console.error(`${formatDiagnostic(diagnostic, await readText(resolve(diagnostic.at.file)))}\n`);
    }
    console.error(`${count(result.diagnostics.length, "error")}; nothing was written.`);
    return 1;
  }
  const { breaks, warnings, notes, unmatched } = result.evolution;
  for (const name of unmatched) throw new Error(`nothing breaks that is called ${name}`);
  for (const change of [...breaks, ...warnings, ...notes]) console.error(formatChange(change));
  if (breaks.length > 0) {
    const what = `${count(breaks.length, "break")} of what is shipped`;
    console.error(`${what}: the lock stays as it is until each is mended or accepted.`);
  }
  const stale = [...describe(out, result.out), ...describe(idl, result.lock)];
  if (check) {
    for (const line of stale) console.error(`stale: ${line}`);
    if (stale.length > 0) console.error("Run `npm run codegen` and commit what it writes.");
    return stale.length > 0 || breaks.length > 0 ? 1 : 0;
  }
  await applyChanges(out, result.out);
  await applyChanges(idl, result.lock);
  const what = `${count(result.model.modules.length, "module")}, ${count(result.model.types.length, "type")}`;
  const did = stale.length === 0 ? "nothing changed" : `${count(stale.length, "file")} changed`;
  console.log(`${what}; ${did} (${Math.round(performance.now() - started)} ms)`);
  return 0;
}

function describe(folder: string, changes: Changes): string[] {
  return [...changes.write.keys(), ...changes.remove].map((path) => `${folder}/${path}`);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
