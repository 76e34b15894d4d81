import type { Addresses, Config, ConfiguredApplication } from "../config/config.js";
import type { MetricsConfig } from "../config/metrics-config.js";
import type { GatewayPorts } from "../config/placement-config.js";
import type { MetricsServer } from "../metrics/metrics-server.js";
import { type PlacementWish, type PlannedProcess, planPlacement } from "../placement/plan-placement.js";
import { WorkerThreads } from "../thread/worker-threads.js";
import { connectBroker } from "./connect-broker.js";
import { gatewayOf } from "./gateway-of.js";
import { createLog, type LogFormat, type ProcessLog } from "./log.js";
import { Node } from "./node.js";
import { createNodeId, createProcessId } from "./node-id.js";
import { StartError } from "./start-error.js";
import type { WorkerData } from "./worker-data.js";

/** What goes before the config. */
export interface StartOptions extends PlacementWish {
  /** The address to listen on. */
  readonly host?: string | undefined;
  /** The port of MQTT over TCP; 0 for any free one. */
  readonly mqtt?: number | undefined;
  /** The port of the page and of MQTT over WebSocket; 0 for any free one. */
  readonly http?: number | undefined;
  /** Default: lines for people, on the standard error stream. */
  readonly log?: ProcessLog | undefined;
  /** How worker threads log; default `text`. */
  readonly logFormat?: LogFormat | undefined;
  /** The path of the config, which worker threads import themselves. Without it there can be none. */
  readonly configFile?: string | undefined;
}

/** An application that runs, or one process of it. */
export interface RunningApplication {
  /** Where players connect. To look at it throws where this process has no gateway. */
  readonly addresses: Addresses;
  /** Whether players connect to this process. */
  readonly hasGateway: boolean;
  /** Where it tells metrics and health, as a URL; undefined where it tells nobody. */
  readonly metricsAddress: string | undefined;
  /**
   * Takes no more clients and calls, lets the calls in flight end, ends the sessions, and stops the
   * modules in reverse order. Calls have the config's `grace`, every other step 10 seconds. Rejects with an
   * `AggregateError` when something went wrong on the way; everything has been stopped all the same.
   */
  stop(): Promise<void>;
}

/**
 * Starts an application in this process, or that process of it which the options name: the modules first,
 * then the gateway. All or nothing: when it rejects, whatever had been started is stopped again. A taken
 * port rejects with Node's error, a placement that makes no sense with a `PlacementError`. Where a broker
 * is needed and absent, it waits.
 */
export async function startApplication(
  configured: ConfiguredApplication,
  options: StartOptions = {},
): Promise<RunningApplication> {
  const { log = createLog("text") } = options;
  const application = await Application.assemble(configured, { ...options, log });
  try {
    await application.start();
  } catch (error) {
    for (const err of await application.stopAll()) log.error({ err }, err.message);
    throw error;
  }
  return application;
}

/** The threads of a process, which take the steps of their life together. */
class Application implements RunningApplication {
  readonly hasGateway: boolean;
  readonly #node: Node;
  readonly #workers: WorkerThreads<WorkerData> | undefined;
  readonly #ready: Promise<void> | undefined;
  readonly #metricsConfig: MetricsConfig | undefined;
  readonly #log: ProcessLog;
  #metrics: MetricsServer | undefined = undefined;
  #trouble: string | undefined = "starting";
  #addresses: Addresses | undefined = undefined;
  #stopping: Promise<void> | undefined = undefined;

  static async assemble(
    configured: ConfiguredApplication,
    options: StartOptions & { readonly log: ProcessLog },
  ): Promise<Application> {
    const { log } = options;
    const planned = planPlacement(configured.config, options);
    const { process } = planned;
    warnOfMissing(configured, log);
    const [main, ...others] = process.threads;
    if (main === undefined) throw new StartError(`The process ${process.name} runs nothing`);
    const processId = createProcessId(process.name);
    const id = createNodeId(processId, main.name, 1);
    const ports = portsOf(options);
    const workers = others.length === 0 ? undefined : createWorkers(planned, processId, options);
    const broker = process.usesBroker ? await connectBroker(configured.config, id, log) : undefined;
    const node = await Node.assemble({
      configured,
      thread: main,
      node: id,
      neighbours: others.flatMap(({ modules }) => modules),
      ways: { threads: workers?.transport, broker },
      brokerState: broker && (() => broker.state),
      gateway: gatewayOf(configured.config, process.name, ports),
      log,
    });
    const hasGateway = process.threads.some((thread) => thread.hasGateway);
    const metrics = metricsOf(configured.config, process.name);
    return new Application({ node, workers, ready: broker?.ready, hasGateway, metrics, log });
  }

  private constructor(parts: {
    readonly node: Node;
    readonly workers: WorkerThreads<WorkerData> | undefined;
    readonly ready: Promise<void> | undefined;
    readonly hasGateway: boolean;
    readonly metrics: MetricsConfig | undefined;
    readonly log: ProcessLog;
  }) {
    this.#node = parts.node;
    this.#workers = parts.workers;
    this.#ready = parts.ready;
    this.hasGateway = parts.hasGateway;
    this.#metricsConfig = parts.metrics;
    this.#log = parts.log;
  }

  get addresses(): Addresses {
    if (this.#addresses === undefined) throw new Error("This process has no gateway");
    return this.#addresses;
  }

  get metricsAddress(): string | undefined {
    return this.#metrics?.address;
  }

  async start(): Promise<void> {
    // First of all: a process that waits for its broker is well, and not ready.
    await this.#openMetrics();
    await this.#ready;
    await this.#node.start();
    await this.#workers?.start();
    this.#addresses = (await this.#node.listen()) ?? (await this.#listenElsewhere());
    this.#trouble = undefined;
  }

  async #openMetrics(): Promise<void> {
    const config = this.#metricsConfig;
    if (config === undefined) return;
    const [{ openMetricsServer }, { mergeTexts }] = await Promise.all([
      import("../metrics/metrics-server.js"),
      import("../metrics/merge-texts.js"),
    ]);
    this.#metrics = await openMetricsServer({
      config,
      readiness: () => this.#trouble ?? this.#node.trouble,
      text: async () => {
        const [main, others = []] = await Promise.all([
          this.#node.metrics(),
          this.#workers?.ask("metrics", metricsLimit),
        ]);
        // What this step of a worker comes to.
        return mergeTexts([main, ...(others as readonly string[])]);
      },
      log: this.#log,
    });
    this.#log.info(`Metrics and health are told at ${this.#metrics.address}`);
  }

  /** The gateway may be on a worker thread. */
  async #listenElsewhere(): Promise<Addresses | undefined> {
    if (this.#workers === undefined) return undefined;
    const { values, errors } = await this.#workers.run("listen");
    if (errors[0] !== undefined) throw errors[0];
    // What this step of a worker comes to.
    return (values as readonly (Addresses | undefined)[]).find((addresses) => addresses !== undefined);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const errors = await this.stopAll();
    if (errors.length > 0) throw new AggregateError(errors, "The application did not stop cleanly");
  }

  /** Stops everything, however far its start has come. Resolves with what went wrong. */
  async stopAll(): Promise<readonly Error[]> {
    this.#trouble = "stopping";
    const workers = this.#workers;
    const errors: Error[] = [];
    for (const step of ["shut", "finish"] as const) {
      const [others] = await Promise.all([workers?.run(step), this.#node[step]()]);
      errors.push(...(others?.errors ?? []));
    }
    errors.push(...((await workers?.stop()) ?? []));
    errors.push(...(await this.#node.stop()));
    await this.#metrics?.close();
    return errors;
  }
}

/** Milliseconds that a thread has to tell how it is. One that is busy for longer is left out. */
const metricsLimit = 2_000;

function metricsOf({ metrics, processes }: Config, process: string): MetricsConfig | undefined {
  const own = processes?.[process]?.metrics ?? metrics;
  return own === false ? undefined : own;
}

/** Modules that stubs can call, and nobody can run. */
function warnOfMissing({ application, config }: ConfiguredApplication, log: ProcessLog): void {
  for (const [key, { name }] of Object.entries(application.modules)) {
    if (config.modules[key] !== undefined) continue;
    log.warn(`The config's \`modules\` have no ${key}: calls to ${name} will end with \`unavailable\``);
  }
}

function createWorkers(
  { process }: PlannedProcess,
  processId: string,
  options: StartOptions & { readonly log: ProcessLog },
): WorkerThreads<WorkerData> {
  const { configFile, log, logFormat = "text" } = options;
  if (configFile === undefined) {
    throw new StartError("Worker threads import the config themselves: say by `configFile` where it is");
  }
  const [main, ...others] = process.threads;
  const ports = portsOf(options);
  const lives = new Map<string, number>();
  const createNode = (name: string) => {
    const life = (lives.get(name) ?? 0) + 1;
    lives.set(name, life);
    return createNodeId(processId, name, life);
  };
  return new WorkerThreads<WorkerData>({
    entry: workerEntry,
    plans: others.map((thread) => ({
      name: thread.name,
      modules: thread.modules,
      data: { configFile, process, thread, ports, logFormat },
    })),
    main: { name: "main", modules: main?.modules ?? [], node: createNodeId(processId, "main", 1) },
    createNode,
    log,
  });
}

// Under its own name, whatever language it is in by then.
const workerEntry = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);

function portsOf({ host, mqtt, http }: StartOptions): GatewayPorts {
  return {
    ...(host === undefined ? {} : { host }),
    ...(mqtt === undefined ? {} : { mqtt }),
    ...(http === undefined ? {} : { http }),
  };
}
