import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type RunningApplication, startApplication } from "../../runtime/process/application.js";
import { createLog } from "../../runtime/process/log.js";
import type { Broker } from "../setup/rabbitmq.js";
import type { Running } from "../setup/run.js";
import configured from "./antwire.config.js";
import { callModules } from "./callers.js";
import type { Rpc } from "./generated/server.js";
import { end, isRunning, type LaunchOptions, launch, nameApplication, whenReady } from "./launch.js";
import { Load } from "./load.js";
import { lendRpc } from "./modules/desk.js";

// In the order in which they can be stopped without a failing call.
const processNames = ["edge", "hall", "relay", "work"] as const;

/** Which processes of the config run, and how many of each. */
export type Crew = Readonly<Partial<Record<ProcessName, number>>>;

export type ProcessName = (typeof processNames)[number];

/** Processes of one application at one broker, and this process as their caller. */
export class Cluster {
  readonly application = nameApplication();
  /** What the caller has logged. */
  readonly logged: string[] = [];
  readonly #broker: Broker;
  readonly #running = new Map<ProcessName, Running[]>();
  #runs = "";
  #caller: RunningApplication | undefined;
  #rpc: Rpc | undefined;

  constructor(broker: Broker) {
    this.#broker = broker;
  }

  /** Where the processes write down what they run. */
  get runs(): string {
    return this.#runs;
  }

  /** What the caller calls with. */
  get rpc(): Rpc {
    if (this.#rpc === undefined) throw new Error("The cluster was not started");
    return this.#rpc;
  }

  /** Starts this process and those of the crew. */
  async start(crew: Crew): Promise<void> {
    this.#runs = await mkdtemp(join(tmpdir(), "antwire-faults-"));
    const amqp = { url: this.#broker.url, application: this.application };
    const write = (text: string) => this.logged.push(text);
    this.#caller = await startApplication(
      { ...configured, config: { ...configured.config, amqp } },
      { process: "caller", log: createLog("text", { write }) },
    );
    this.#rpc = lendRpc();
    await this.restore(crew);
  }

  /** Has everything done once that is compiled and set up by being done. */
  async warmUp(): Promise<void> {
    const load = new Load(callModules(this.rpc));
    await sleep(500);
    await load.stop();
  }

  /** Starts those processes of the crew that do not run. */
  async restore(crew: Crew): Promise<void> {
    const missing = processNames.flatMap((name) => {
      const count = (crew[name] ?? 0) - this.processes(name).length;
      return Array.from({ length: Math.max(0, count) }, () => this.add(name));
    });
    await Promise.all(missing);
  }

  /** Those that run, in the order of their start. */
  processes(name: ProcessName): readonly Running[] {
    return (this.#running.get(name) ?? []).filter(isRunning);
  }

  /** The one that has run for the longest time. */
  first(name: ProcessName): Running {
    const [first] = this.processes(name);
    if (first === undefined) throw new Error(`No process ${name} runs`);
    return first;
  }

  /** Starts one more process, and resolves when it is ready. */
  add(name: ProcessName, options?: LaunchOptions): Promise<Running> {
    return whenReady(this.launch(name, options));
  }

  /** Starts one more process. */
  launch(name: ProcessName, options: LaunchOptions = {}): Running {
    const meeting = { url: this.#broker.url, application: this.application };
    const env = { ANTWIRE_FAULTS_RUNS: this.#runs };
    const running = launch({ process: name, config: "antwire.config.ts", ...meeting, env, ...options });
    this.#running.set(name, [...(this.#running.get(name) ?? []), running]);
    return running;
  }

  /** The nodes of the two processes that work. */
  async nodes(): Promise<[string, string]> {
    const nodes = new Set<string>();
    while (nodes.size < 2) nodes.add((await this.rpc.work.again(0, 0)).node);
    const [one = "", other = ""] = nodes;
    return [one, other];
  }

  /** Ends all as an operator does, and throws where one does not end well. */
  async stop(): Promise<void> {
    await this.#caller?.stop();
    const all = processNames.flatMap((name) => this.processes(name));
    const codes = await Promise.all(all.map((running) => end(running, "SIGTERM")));
    await rm(this.#runs, { recursive: true, force: true });
    const bad = all.filter((_running, index) => codes[index] !== 0);
    if (bad.length > 0)
      throw new Error(`Not all ended well:\n${bad.map(({ output }) => output()).join("\n")}`);
  }
}
