import type { BrokerState } from "../amqp/amqp-transport.js";
import { CallCore } from "../call/call-core.js";
import { ModuleDispatcher } from "../call/module-dispatcher.js";
import type { Clock } from "../clock/clock.js";
import type { ConfiguredApplication, GatewayConfig } from "../config/config.js";
import { type CreateDoors, createGateway, type Gateway } from "../gateway/gateway.js";
import { announceClaim } from "../gateway-module/announce-claim.js";
import { createGatewayModule } from "../gateway-module/gateway-module.js";
import { createPushRouter } from "../gateway-module/push-router.js";
import { announceSessionEnd, createNodeModule } from "../gateway-module/session-ends.js";
import type { ModuleDefinition } from "../module/define-module.js";
import { type HostedModule, hostModule } from "../module/host.js";
import { LifeCycle } from "../module/life-cycle.js";
import type { ThreadPlan } from "../placement/placement.js";
import type { PushSink } from "../session/push-sink.js";
import { anyData } from "../session/session-data.js";
import type { NodeId } from "../transport/transport.js";
import { loadModules } from "./load-modules.js";
import type { ProcessLog } from "./log.js";
import { Network, type Ways } from "./network.js";
import { NodeRouter } from "./node-router.js";

/** Milliseconds that one step of stopping may take, whatever the grace of calls is. */
export const stepLimit = 10_000;

/** What one thread runs, and with what. */
export interface NodeOptions {
  readonly configured: ConfiguredApplication;
  readonly thread: ThreadPlan;
  readonly node: NodeId;
  /** Keys of the modules on the other threads of the process. */
  readonly neighbours: readonly string[];
  readonly ways: Ways;
  /** How it is with the broker; undefined where there is none. */
  readonly brokerState?: (() => BrokerState) | undefined;
  readonly gateway: GatewayConfig;
  readonly log: ProcessLog;
  /** The time that everything goes by; default: the system's. */
  readonly clock?: Clock | undefined;
  /** What clients come in by; default: the gateway's ports. */
  readonly createDoors?: CreateDoors | undefined;
}

/** What a node is made of. */
export interface NodeParts {
  readonly configured: ConfiguredApplication;
  readonly core: CallCore;
  readonly dispatcher: ModuleDispatcher;
  readonly modules: readonly HostedModule[];
  readonly lifeCycle: LifeCycle;
  /** Undefined where players do not connect here. */
  readonly gateway: Gateway | undefined;
  /** Undefined where there are no other nodes. */
  readonly network: Network | undefined;
  readonly log: ProcessLog;
  /** Of the thread. */
  readonly name: string;
  readonly brokerState: (() => BrokerState) | undefined;
}

/** Imports the modules of a thread and puts everything together. Starts nothing. */
export async function assembleNode(options: NodeOptions): Promise<NodeParts> {
  const { configured, thread, node, ways, log, clock } = options;
  const { application, config } = configured;
  const loaded = await loadModules(configured, thread.modules);
  const router = new NodeRouter(node, namesOf(options));
  const isAlone = ways.threads === undefined && ways.broker === undefined;
  const core = new CallCore({
    createRpc: (caller) => application.createRpc(caller),
    log,
    deadline: config.deadline,
    clock,
    node,
    // A node that is alone does not even look whether there are others.
    router: isAlone ? undefined : router,
  });
  const sessionData = application.sessionData ?? anyData;
  const network = isAlone
    ? undefined
    : new Network({
        node,
        ways,
        core,
        router,
        contracts: Object.values(application.modules),
        sessionData,
        findSession: (id) => gateway?.findSession(id),
        onSessionEnd: (session) => lifeCycle.sessionEnded(session),
      });
  const dispatcher = new ModuleDispatcher(core);
  const rpc = core.createRpc();
  const gateway: Gateway | undefined = thread.hasGateway
    ? createGateway({
        config: options.gateway,
        routes: application.routes,
        dispatcher,
        log,
        rpc,
        onSessionEnd(session) {
          lifeCycle.sessionEnded(session);
          if (network !== undefined) announceSessionEnd(session, sessionData, network.broadcast);
        },
        sessionData,
        network: network && {
          node,
          transports: network.transports,
          announceClaim: (claim) => announceClaim(claim, network.broadcast),
        },
        clock,
        readiness: () => describeTrouble(options.brokerState?.()),
        createDoors: options.createDoors,
      })
    : undefined;
  const sink: PushSink = network
    ? createPushRouter({ node, local: gateway, router, broadcast: network.broadcast })
    : (gateway ?? silence);
  const host = (definition: ModuleDefinition, settings: Readonly<Record<string, unknown>>) =>
    hostModule({
      definition,
      settings,
      rpc,
      node,
      sink,
      log: log.child({ module: definition.contract.name }),
      clock,
    });
  const modules = loaded.map(({ definition, settings }) => host(definition, settings));
  const own = network
    ? [
        createNodeModule({
          home: network.home,
          onSessionEnd: (session) => network.watch.hearEnd(session),
          names: network.names,
        }),
        ...(gateway
          ? [
              createGatewayModule({
                sessions: {
                  data: sessionData,
                  find: (id) => gateway.findSession(id),
                  drop: (id) => gateway.dropSession(id),
                },
                pushes: gateway,
                hearClaim: (claim) => gateway.hearClaim(claim),
                names: network.names,
              }),
            ]
          : []),
      ]
    : [];
  const lifeCycle = new LifeCycle({
    modules: [...own.map((definition) => host(definition, {})), ...modules],
    callees: core.callees,
    stepLimit,
  });
  const { brokerState } = options;
  return {
    configured,
    core,
    dispatcher,
    modules,
    lifeCycle,
    gateway,
    network,
    log,
    name: thread.name,
    brokerState,
  };
}

/** What keeps a node from serving players while its broker is in that state. */
export function describeTrouble(state: BrokerState | undefined): string | undefined {
  switch (state) {
    case "lost":
      return "the broker is lost";
    case "blocked":
      return "the broker takes no messages";
    default:
      return undefined;
  }
}

/** Where nobody can listen. */
const silence: PushSink = { push() {} };

function namesOf({ configured, neighbours }: NodeOptions): ReadonlySet<string> {
  const { modules } = configured.application;
  return new Set(neighbours.flatMap((key) => modules[key]?.name ?? []));
}
