import { randomBytes } from "node:crypto";
import { createLog } from "../../runtime/process/log.js";
import { type Running, start } from "../setup/run.js";

/** How a process may be started. */
export interface LaunchOptions {
  /** Where it finds the broker. */
  readonly url?: string;
  /** Where MQTT listens, if it has a gateway; default any free port. */
  readonly mqtt?: number;
}

/** Which process is started. */
export interface Launch extends LaunchOptions {
  readonly process: string;
  /** The config's path from this folder. */
  readonly config: string;
  readonly url: string;
  /** What the names at the broker begin with. */
  readonly application: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Another name for each test, so that none meets what another has left. */
export function nameApplication(): string {
  return `faults-${randomBytes(4).toString("hex")}`;
}

/** Starts one process of a config. */
export function launch({ process, config, url, application, mqtt = 0, env }: Launch): Running {
  const main = ["runtime/command/main.ts", "start", process, "--config", `test/faults/${config}`];
  const ports = ["--http", "0", "--mqtt", String(mqtt)];
  return start(globalThis.process.execPath, ["--expose-gc", "--import", "tsx", ...main, ...ports], {
    env: { ...env, ANTWIRE_FAULTS_AMQP_URL: url, ANTWIRE_FAULTS_APPLICATION: application },
  });
}

/** Where a process listens for players. */
export function portOf({ output }: Running): number {
  return Number(/mqtt:\/\/[\w.]+:(\d+)/.exec(output())?.[1]);
}

/** Resolves once a process says that it is ready. */
export async function whenReady(running: Running): Promise<Running> {
  await running.until((output) => output.includes("Antwire is ready"));
  return running;
}

/** Sends a signal to a process and resolves with its exit code when it has ended. */
export function end({ process, ended }: Running, signal: NodeJS.Signals): Promise<number | null> {
  process.kill(signal);
  return ended;
}

/** Whether it has not ended yet. */
export function isRunning({ process }: Running): boolean {
  return process.exitCode === null && process.signalCode === null;
}

/** A log that nobody reads. */
export const quiet = createLog("text", { write() {} });
