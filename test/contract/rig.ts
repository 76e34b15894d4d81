import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { type RunningApplication, startApplication } from "../../runtime/process/application.js";
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
  /** Starts again what does not do so by itself when `Work` has died. */
  revive(): Promise<void>;
  close(): Promise<void>;
}

const configFile = fileURLToPath(new URL("./antwire.config.ts", import.meta.url));

/** Where the processes of one application meet. */
export interface Meeting {
  readonly url: string;
  readonly application: string;
}

/** A place at the broker for one rig alone. */
export function meetAt(url: string): Meeting {
  return { url, application: `contract-${randomUUID()}` };
}

/** Starts one process of the config in this one. */
export function startHere(process: string, meeting?: Meeting): Promise<RunningApplication> {
  const { application, config } = configured;
  const own = meeting === undefined ? config : { ...config, amqp: meeting };
  return startApplication({ application, config: own }, { process, configFile, log: silent });
}

/** Starts one process of the config in a process of its own, and resolves when it is ready. */
export async function startElsewhere(
  process: string,
  { url, application }: Meeting,
  flags: readonly string[] = [],
): Promise<Running> {
  const main = ["--import", "tsx", "runtime/command/main.ts", "start", process, "--config", configFile];
  const env = { ANTWIRE_CONTRACT_AMQP_URL: url, ANTWIRE_CONTRACT_APPLICATION: application };
  const running = start(globalThis.process.execPath, [...main, ...flags], { env });
  await running.until((output) => output.includes("Antwire is ready"));
  return running;
}

/** Ends a process as an operator does. */
export async function stopElsewhere({ process, ended, output }: Running): Promise<void> {
  process.kill("SIGTERM");
  const code = await ended;
  if (code !== 0) throw new Error(`A process ended with ${code}:\n${output()}`);
}

/** The modules in two processes of their own. */
export class ModuleProcesses {
  readonly #meeting: Meeting;
  #running: readonly Running[] = [];

  constructor(meeting: Meeting) {
    this.#meeting = meeting;
  }

  async start(): Promise<void> {
    this.#running = await Promise.all(
      ["workers", "relays"].map((process) => startElsewhere(process, this.#meeting)),
    );
  }

  /** Starts the process of `Work` again. */
  async revive(): Promise<void> {
    this.#running = [...this.#running, await startElsewhere("workers", this.#meeting)];
  }

  /** Ends those that have not ended before. */
  async stop(): Promise<void> {
    const running = this.#running.filter(({ process }) => process.exitCode === null);
    this.#running = [];
    await Promise.all(running.map(stopElsewhere));
  }
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
