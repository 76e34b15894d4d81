import { fileURLToPath } from "node:url";
import {
  type RunningApplication,
  type StartOptions,
  startApplication,
} from "../../runtime/process/application.js";
import type { ProcessLog } from "../../runtime/process/log.js";
import { session } from "../call/stage.js";
import { type Running, start } from "../setup/run.js";
import configured from "./antwire.config.js";
import type { Game } from "./generated/client.js";
import type { Rpc } from "./generated/server.js";
import { lendRpc } from "./modules/desk.js";

/** The modules as a client calls them, whoever does. */
export type Callable = Pick<Game, "absent" | "relay" | "values" | "work">;

/** The modules of the contract at work, in one way of placing them. */
export interface Rig {
  readonly game: Callable;
  /** Ends whatever runs `Values`, `Work` and `Relay`, as an operator does. */
  stopModules(): Promise<void>;
  close(): Promise<void>;
}

const configFile = fileURLToPath(new URL("./antwire.config.ts", import.meta.url));

/** Starts one process of the config in this one. */
export function startHere(process: string, options: StartOptions = {}): Promise<RunningApplication> {
  return startApplication(configured, { ...options, process, configFile, log: silent });
}

/** Starts one process of the config in a process of its own, and resolves when it is ready. */
export async function startElsewhere(process: string): Promise<Running> {
  const main = ["--import", "tsx", "runtime/process/main.ts", "start", process, "--config", configFile];
  const running = start(globalThis.process.execPath, main);
  await running.until((output) => output.includes("Antwire is ready"));
  return running;
}

/** Ends a process as an operator does. */
export async function stopElsewhere({ process, ended, output }: Running): Promise<void> {
  process.kill("SIGTERM");
  const code = await ended;
  if (code !== 0) throw new Error(`The process ended with ${code}:\n${output()}`);
}

/** The borrowed stubs, with the session of one guest put in where clients have their own. */
export function callAsGuest(): Callable {
  const rpc = lendRpc();
  const guest = session(undefined);
  const wrap = (stub: Rpc[keyof Callable]) =>
    new Proxy(stub, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function") return method;
        return (...args: unknown[]) => Reflect.apply(method, target, [guest, ...args]);
      },
    });
  const { absent, relay, values, work } = rpc;
  // A client's class has the methods of the stub, without the session in front.
  return {
    absent: wrap(absent),
    relay: wrap(relay),
    values: wrap(values),
    work: wrap(work),
  } as unknown as Callable;
}

// What the tests make go wrong on purpose is not for whoever runs them.
const silent: ProcessLog = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};
