import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Answer, Request } from "./answer.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A process that runs one file of `bench/sides/`. */
export interface Child {
  request<T>(name: string, argument?: unknown): Promise<T>;
  close(): Promise<void>;
}

/** Bundles and starts a file of `bench/sides/`. */
export function startChild(side: string, plugins: Plugin[] = []): Promise<Child> {
  const [entry, outfile] = [`${root}bench/sides/${side}.ts`, `${root}.antwire/bench/${side}.mjs`];
  return startFile({ name: side, entry, outfile, plugins });
}

/** A file to run in a process of its own. Packages are looked for from where the bundle lies. */
export interface ChildFile {
  readonly name: string;
  readonly entry: string;
  readonly outfile: string;
  readonly plugins?: Plugin[];
}

/**
 * Bundles a file and starts it. Bundled because tsx, which runs the rest, wraps every function in a call that
 * keeps its name, and that shows in nanoseconds.
 */
export async function startFile({ name, entry, outfile, plugins = [] }: ChildFile): Promise<Child> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    plugins,
    sourcemap: "linked",
    logLevel: "warning",
  });
  const child = fork(outfile, { cwd: root, serialization: "advanced", execArgv: ["--enable-source-maps"] });
  return {
    request: (request, argument) => ask(child, name, { name: request, argument }),
    close: () => close(child),
  };
}

// One request at a time for each child: the child answers in order and nothing else comes from it.
async function ask<T>(child: ChildProcess, side: string, message: Request): Promise<T> {
  const answered = new Promise<Answer>((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`${side} ended with exit code ${code}`)));
  });
  child.send(message);
  const answer = await answered;
  child.removeAllListeners("exit");
  if ("error" in answer) throw new Error(`${side}: ${answer.error}`);
  // What a side answers is declared beside the request.
  return answer.value as T;
}

async function close(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.disconnect();
  await ended;
}
