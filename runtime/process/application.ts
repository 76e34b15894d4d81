import { CallCore } from "../call/call-core.js";
import { LocalDispatcher } from "../call/local-dispatcher.js";
import type { Addresses, Cleanup, ConfiguredApplication, GatewayConfig } from "../config/config.js";
import { createGateway } from "../gateway/gateway.js";
import { hostModule } from "../module/host.js";
import { LifeCycle } from "../module/life-cycle.js";
import { loadModules } from "./load-modules.js";
import { createLog, type ProcessLog } from "./log.js";
import { type Parts, shutDown, stepLimit } from "./shut-down.js";

/** What goes before the config. */
export interface StartOptions {
  /** The address to listen on. */
  readonly host?: string | undefined;
  /** The port of MQTT over TCP; 0 for any free one. */
  readonly mqtt?: number | undefined;
  /** The port of the page and of MQTT over WebSocket; 0 for any free one. */
  readonly http?: number | undefined;
  /** Default: lines for people, on the standard error stream. */
  readonly log?: ProcessLog | undefined;
}

/** An application that runs. */
export interface RunningApplication {
  readonly addresses: Addresses;
  /**
   * Takes no more clients and calls, lets the calls in flight end, ends the sessions, and stops the
   * modules in reverse order. Calls have the config's `grace`, every other step 10 seconds. Rejects with an
   * `AggregateError` when something went wrong on the way; everything has been stopped all the same.
   */
  stop(): Promise<void>;
}

/**
 * Starts an application in this process: the modules first, then the gateway. All or nothing: when it
 * rejects, whatever had been started is stopped again. A taken port rejects with Node's error.
 */
export async function startApplication(
  configured: ConfiguredApplication,
  options: StartOptions = {},
): Promise<RunningApplication> {
  const { config } = configured;
  const parts = await assemble(configured, options);
  try {
    await parts.lifeCycle.start();
    const addresses = await parts.gateway.listen();
    const cleanup = await config.onReady?.(addresses);
    let stopping: Promise<void> | undefined;
    return {
      addresses,
      stop() {
        stopping ??= stop(parts, cleanup);
        return stopping;
      },
    };
  } catch (error) {
    for (const err of await shutDown(parts, undefined)) parts.log.error({ err }, err.message);
    throw error;
  }
}

async function assemble(configured: ConfiguredApplication, options: StartOptions): Promise<Parts> {
  const { application, config } = configured;
  const { log = createLog("text") } = options;
  const { grace = 10_000, deadline } = config;
  const loaded = await loadModules(configured);
  const core = new CallCore({ createRpc: (caller) => application.createRpc(caller), log, deadline });
  const dispatcher = new LocalDispatcher(core);
  const rpc = core.createRpc();
  const gateway = createGateway({
    config: overrule(config.gateway, options),
    routes: application.routes,
    dispatcher,
    log,
    rpc,
    onSessionEnd: (session) => lifeCycle.sessionEnded(session),
  });
  const modules = loaded.map(({ definition, settings }) =>
    hostModule({
      definition,
      settings,
      rpc,
      sink: gateway,
      log: log.child({ module: definition.contract.name }),
    }),
  );
  const lifeCycle = new LifeCycle({ modules, callees: core.callees, stepLimit });
  return { core, dispatcher, gateway, lifeCycle, grace, log };
}

function overrule(config: GatewayConfig = {}, { host, mqtt, http }: StartOptions): GatewayConfig {
  return {
    ...config,
    ...(host === undefined ? {} : { host }),
    ...(mqtt === undefined ? {} : { mqtt }),
    ...(http === undefined ? {} : { http }),
  };
}

async function stop(parts: Parts, cleanup: Cleanup | undefined): Promise<void> {
  const errors = await shutDown(parts, cleanup);
  if (errors.length > 0) throw new AggregateError(errors, "The application did not stop cleanly");
}
