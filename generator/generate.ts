import { Codegen, type CodegenOptions, type CodegenPlan, type CodegenResult } from "./codegen.js";
import { UsageError } from "./command-line.js";
import type { Format } from "./report/format.js";
import { formatCount } from "./report/format-count.js";
import type { Report } from "./report/report.js";
import { StepLine } from "./report/step-line.js";
import { showReport } from "./show-report.js";

export interface GenerateOptions extends CodegenOptions {
  /** Write nothing; fail if something is not up to date, or breaks what is shipped. */
  readonly check: boolean;
  readonly format: Format;
}

/** Generates once, and says what it did. Returns the exit code. */
export async function generate(options: GenerateOptions): Promise<number> {
  const { check, format } = options;
  const started = performance.now();
  const line = stepLine(format);
  const plan = await run(new Codegen({ ...options, onStep: (step) => line?.show(step) }), check).finally(() =>
    line?.end(),
  );
  const report = reportOf(plan, options);
  await showReport(report, format);
  if (plan.ok && !check) showRun(plan, format, performance.now() - started);
  if (report.ok) return 0;
  // Nothing is wrong with the files: there are none, most likely because the folder is another one.
  return report.diagnostics.some(({ code }) => code === "IDL1002") ? 2 : 1;
}

async function run(codegen: Codegen, check: boolean): Promise<CodegenResult> {
  const plan = await codegen.plan();
  for (const name of plan.ok ? plan.evolution.unmatched : []) {
    throw new UsageError(`--accept ${name}: nothing breaks that is called so`);
  }
  if (plan.ok && !check) await codegen.apply(plan);
  return plan;
}

/** Where people watch a run. */
export function stepLine(format: Format): StepLine | undefined {
  return format === "text" && process.stderr.isTTY ? new StepLine(process.stderr) : undefined;
}

interface ReportOptions extends Pick<CodegenOptions, "idl" | "out"> {
  readonly check?: boolean;
}

/** What there is to tell of a run. */
export function reportOf(plan: CodegenResult, { idl, out, check = false }: ReportOptions): Report {
  if (!plan.ok) return { ok: false, diagnostics: plan.diagnostics, evolution: [], stale: [], written: [] };
  const { breaks, warnings, notes } = plan.evolution;
  const paths = [pathsOf(out, plan.out), pathsOf(idl, plan.lock)].flat();
  return {
    // Without `check` a break is only told: the lock stays where it was, and so does what it says of clients.
    ok: !check || paths.length + breaks.length === 0,
    diagnostics: plan.warnings,
    evolution: [...breaks, ...warnings, ...notes],
    stale: check ? paths : [],
    written: check ? [] : paths,
  };
}

/** Says in one line what a run did that found nothing wrong. */
export function showRun({ model, out, lock }: CodegenPlan, format: Format, milliseconds: number): void {
  const what = `${formatCount(model.modules.length, "module")}, ${formatCount(model.types.length, "type")}`;
  const files = [out, lock].reduce((sum, { write, remove }) => sum + write.size + remove.length, 0);
  const did = files === 0 ? "nothing changed" : `${formatCount(files, "file")} changed`;
  const say = format === "text" ? console.log : console.error;
  say(`${what}; ${did} (${Math.round(milliseconds)} ms)`);
}

function pathsOf(folder: string, { write, remove }: CodegenPlan["out"]): string[] {
  return [...write.keys(), ...remove].map((path) => `${folder}/${path}`);
}
