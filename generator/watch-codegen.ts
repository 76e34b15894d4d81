import { basename } from "node:path";
import { Codegen, type CodegenOptions, type CodegenResult, lockFile } from "./codegen.js";
import { reportOf, showRun, stepLine } from "./generate.js";
import type { Format } from "./report/format.js";
import { showReport } from "./show-report.js";
import { watchFolder } from "./watch/watch-folder.js";

export interface WatchCodegenOptions extends CodegenOptions {
  readonly format: Format;
}

/**
 * Generates after each edit of the IDL, until the process is interrupted. What is wrong is said once while it
 * stays as it is.
 */
export async function watchCodegen(options: WatchCodegenOptions): Promise<void> {
  const { idl, format } = options;
  const line = stepLine(format);
  const codegen = new Codegen({ ...options, onStep: (step) => line?.show(step) });
  let said = "";
  const run = async (paths: readonly string[]) => {
    const files = paths.filter((path) => basename(path) !== lockFile);
    // What the last run wrote itself is no news.
    const lockIsNew = files.length < paths.length && (await codegen.isLockNew());
    if (paths.length > 0 && files.length === 0 && !lockIsNew) return;
    const started = performance.now();
    line?.end();
    const plan = await generateAgain(codegen, files).finally(() => line?.end());
    const report = reportOf(plan, options);
    const news = JSON.stringify([report.diagnostics, report.evolution]);
    // Programs get a document of each run that wrote something.
    if (news !== said || (format === "json" && plan.ok)) await showReport(report, format);
    said = news;
    if (plan.ok) showRun(plan, format, performance.now() - started);
  };
  const end = interrupted();
  const { stop } = await watchFolder({
    folder: idl,
    isWanted: (path) => path.endsWith(".d.ts") || basename(path) === lockFile,
    onChange: run,
    onError(error) {
      const message = `codegen: ${error instanceof Error ? error.message : error}`;
      if (message !== said) console.error(message);
      said = message;
    },
  });
  await end;
  await stop();
}

async function generateAgain(codegen: Codegen, files: readonly string[]): Promise<CodegenResult> {
  const plan = await codegen.plan(files);
  if (plan.ok) await codegen.apply(plan);
  return plan;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}
