import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { watch } from "chokidar";
import { UsageError } from "./command-error.js";
import { generatorWords } from "./generator-program.js";
import { startPage } from "./page-program.js";
import { RestartingProgram } from "./restarting-program.js";

/** What `start --watch` was told. */
export interface WatchingOptions {
  /** The config's file. */
  readonly config: string;
  /** What the application is started with. */
  readonly words: readonly string[];
}

/** An editor writes some files more than once, and the generator writes many; in milliseconds. */
const settleMs = 150;

/**
 * Runs the application, and beside it the generator, TypeScript's check and what builds the page, which look for
 * edits themselves. After each edit of its code the application starts again. Returns the exit code when it is interrupted.
 */
export async function startWatching({ config, words }: WatchingOptions): Promise<number> {
  if (!existsSync(config)) {
    throw new UsageError(`There is no config ${config}: write it, or name another one with --config <file>.`);
  }
  const folder = dirname(resolve(config));
  const [, program = ""] = process.argv;
  const application = new RestartingProgram([...process.execArgv, program, "start", ...words]);
  const endPage = await startPage(folder);
  const beside = [generatorWords("--watch"), ...typeCheck(folder)].map((words) =>
    spawn(process.execPath, [...words], { stdio: ["ignore", "inherit", "inherit"] }),
  );
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path, stats) => isIgnored(relative(folder, path), stats?.isFile() ?? false),
  });
  watcher.on("all", (_, path) => {
    clearTimeout(timer);
    timer = setTimeout(() => application.restart(relative(folder, path)), settleMs);
  });
  application.start();
  await interrupted();
  clearTimeout(timer);
  for (const child of beside) child.kill();
  endPage();
  await Promise.all([watcher.close(), application.stop()]);
  return 0;
}

/** Whether an edit there changes nothing of the running application. */
function isIgnored(path: string, isFile: boolean): boolean {
  const parts = path.split(sep);
  const isElsewhere = parts.some(
    (part) => part.startsWith(".") || ["node_modules", "dist", "page", "public", "test"].includes(part),
  );
  if (isElsewhere || !isFile) return isElsewhere;
  const name = basename(path);
  // The generator sees the interface files, and what it writes then is seen here.
  return !/\.([cm]?[jt]s|json)$/.test(name) || /\.d\.ts$|\.test\.|^antwire\.lock\.json$/.test(name);
}

/** The words that start the project's own TypeScript, where there is one. */
function typeCheck(folder: string): string[][] {
  if (!existsSync(join(folder, "tsconfig.json"))) return [];
  try {
    const compiler = createRequire(join(folder, "package.json")).resolve("typescript/bin/tsc");
    return [[compiler, "--project", folder, "--noEmit", "--watch", "--preserveWatchOutput"]];
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")) throw error;
    process.stderr.write("TypeScript is not installed here: types are not checked.\n");
    return [];
  }
}

function interrupted(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => done());
  });
}
