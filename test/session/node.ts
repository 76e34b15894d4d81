import { CallCore } from "../../runtime/call/call-core.js";
import type { Invoker } from "../../runtime/call/callees.js";
import { ModuleCaller } from "../../runtime/call/module-caller.js";
import { ModuleDispatcher } from "../../runtime/call/module-dispatcher.js";
import type { WheelClock } from "../../runtime/call/timing-wheel.js";
import { systemClock } from "../../runtime/clock/clock.js";
import type { GatewayConfig } from "../../runtime/config/config.js";
import type { MethodContract } from "../../runtime/contract/method.js";
import type { ModuleContract } from "../../runtime/contract/module.js";
import { createGateway, type Gateway } from "../../runtime/gateway/gateway.js";
import { announceClaim } from "../../runtime/gateway-module/announce-claim.js";
import { Broadcast } from "../../runtime/gateway-module/broadcast.js";
import { frameworkContracts, mayFindNobody } from "../../runtime/gateway-module/framework-contracts.js";
import { createGatewayHolder } from "../../runtime/gateway-module/gateway-holder.js";
import { createGatewayModule } from "../../runtime/gateway-module/gateway-module.js";
import { createPushRouter } from "../../runtime/gateway-module/push-router.js";
import { SessionCourier } from "../../runtime/gateway-module/session-courier.js";
import {
  announceSessionEnd,
  createNodeModule,
  sessionEndTopic,
} from "../../runtime/gateway-module/session-ends.js";
import { SessionWatch } from "../../runtime/gateway-module/session-watch.js";
import { defineModule, type ModuleDefinition } from "../../runtime/module/define-module.js";
import { hostModule } from "../../runtime/module/host.js";
import { LifeCycle } from "../../runtime/module/life-cycle.js";
import type { Logger } from "../../runtime/module/logger.js";
import { isSameProcess } from "../../runtime/process/node-id.js";
import { NodeRouter } from "../../runtime/process/node-router.js";
import { Remote } from "../../runtime/remote/remote.js";
import type { PushTarget } from "../../runtime/session/push-target.js";
import type { Session } from "../../runtime/session/session.js";
import { anyData } from "../../runtime/session/session-data.js";
import * as contracts from "../gateway/contracts.js";
import type { MemoryTransport, Network } from "../remote/network.js";

const { enter, note, said } = contracts;

/** The module of which clients call `enter` and `note`, and which pushes `said`. */
const room: ModuleContract = {
  name: "Room",
  methods: { enter, note } as Record<string, MethodContract>,
  pushes: { said },
};

const knownMethods = new Map(
  [room, ...frameworkContracts].flatMap(({ name, methods }) =>
    Object.values(methods).map((method) => [`${name}.${method.name}`, method] as const),
  ),
);

/** What a node is to be. */
export interface NodeOptions {
  /** Such as `game.1`: the process before the dot. */
  readonly id: string;
  /** What connects the processes. */
  readonly broker: Network;
  /** What connects the threads of its process; undefined where it is the only one. */
  readonly threads?: Network;
  readonly hasGateway?: boolean;
  /** What its gateway's config says beside the ports. */
  readonly gateway?: Partial<GatewayConfig>;
  /** What `enter` does, where the node runs the module. */
  readonly onEnter?: (session: Session, name: string, push: PushTarget<unknown>) => Promise<void>;
  /** The modules of the other threads. */
  readonly neighbours?: readonly string[];
  /** The time that calls go by; default the system's. */
  readonly clock?: WheelClock;
}

/** A node of an application: modules, or a gateway, or both, put together as a process does it. */
export class Node implements AsyncDisposable {
  readonly id: string;
  readonly logged: string[] = [];
  /** Sessions whose ends its module has heard of. */
  readonly ended: Session[] = [];
  readonly brokerTransport: MemoryTransport;
  readonly core: CallCore;
  readonly gateway: Gateway | undefined;
  readonly #lifeCycle: LifeCycle;
  readonly #remotes: Remote[] = [];
  readonly #runsModule: boolean;
  #push: PushTarget<unknown> | undefined;
  #mqttPort = 0;

  constructor(options: NodeOptions) {
    const { id, broker, threads, hasGateway = false, onEnter, neighbours = [] } = options;
    this.id = id;
    this.#runsModule = onEnter !== undefined;
    const log = recordingLogger(this.logged);
    const processId = id.slice(0, id.indexOf("."));
    const names = new Set([id, processId]);
    const router = new NodeRouter(id, new Set(neighbours));
    this.core = new CallCore({
      createRpc: () => undefined,
      log,
      router,
      clock: options.clock ?? systemClock,
    });
    const caller = new ModuleCaller(this.core, undefined);
    const home = { holder: createGatewayHolder(caller), data: anyData };
    const watch = new SessionWatch({
      core: this.core,
      caller,
      isNear: (node) => isSameProcess(node, id),
      onEnd: (session) => this.#lifeCycle.sessionEnded(session),
    });
    const sessions = new SessionCourier(home, (session) => this.gateway?.findSession(session), watch);
    const findMethod = (module: string, method: string) => knownMethods.get(`${module}.${method}`);
    this.brokerTransport = broker.join(id);
    router.broker = new Remote({
      transport: this.brokerTransport,
      core: this.core,
      sessions,
      findMethod,
      mayFindNobody,
    });
    this.#remotes.push(router.broker);
    const ways = [{ remote: router.broker, except: processId }];
    const transports = [this.brokerTransport];
    if (threads !== undefined) {
      const transport = threads.join(id);
      router.threads = new Remote({ transport, core: this.core, sessions, findMethod, mayFindNobody });
      this.#remotes.push(router.threads);
      ways.push({ remote: router.threads, except: id });
      transports.push(transport);
    }
    const broadcast = new Broadcast(ways);

    this.gateway = hasGateway
      ? createGateway({
          config: { mqtt: 0, http: 0, ...options.gateway },
          routes: contracts.routes,
          dispatcher: new ModuleDispatcher(this.core),
          log,
          rpc: undefined,
          onSessionEnd: (session) => {
            this.#lifeCycle.sessionEnded(session);
            announceSessionEnd(session, anyData, broadcast);
          },
          network: {
            node: id,
            transports,
            announceClaim: (claim) => announceClaim(claim, broadcast),
          },
        })
      : undefined;
    const sink = createPushRouter({ node: id, local: this.gateway, router, broadcast });

    const definitions: ModuleDefinition[] = [
      createNodeModule({ home, names, onSessionEnd: (session) => watch.hearEnd(session) }),
    ];
    if (this.gateway !== undefined) {
      const { gateway } = this;
      const live = {
        data: anyData,
        find: (session: string) => gateway.findSession(session),
        drop: (session: string) => gateway.dropSession(session),
      };
      const hearClaim = gateway.hearClaim.bind(gateway);
      definitions.push(createGatewayModule({ sessions: live, pushes: gateway, hearClaim, names }));
    }
    if (onEnter !== undefined) definitions.push(this.#defineRoom(onEnter));
    this.#lifeCycle = new LifeCycle({
      modules: definitions.map((definition) =>
        hostModule({ definition, settings: {}, rpc: undefined, node: id, sink, log }),
      ),
      callees: this.core.callees,
      stepLimit: 1_000,
    });
    this.#start = async () => {
      await this.#lifeCycle.start();
      if (this.#runsModule) {
        watch.start();
        for (const transport of transports) await transport.subscribe(sessionEndTopic);
        for (const remote of this.#remotes) await remote.serve("Room");
      }
      if (this.gateway !== undefined) {
        this.#mqttPort = Number(new URL((await this.gateway.listen()).mqtt).port);
      }
    };
  }

  readonly #start: () => Promise<void>;

  static async start(options: NodeOptions): Promise<Node> {
    const node = new Node(options);
    await node.#start();
    return node;
  }

  get mqttPort(): number {
    return this.#mqttPort;
  }

  /** The module's push. */
  get said(): PushTarget<unknown> {
    if (this.#push === undefined) throw new Error(`${this.id} runs no module`);
    return this.#push;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gateway?.close();
    await this.#lifeCycle.sessionsEnded();
    await this.#lifeCycle.stop();
  }

  #defineRoom(onEnter: NonNullable<NodeOptions["onEnter"]>): ModuleDefinition {
    const invokers: Record<string, Invoker> = {
      enter: (_handlers, session, [name]) =>
        session === undefined ? undefined : onEnter(session, String(name), this.said),
      note: (_handlers, _session, [number]) => number,
    };
    return defineModule<object, unknown, Record<string, PushTarget<unknown>>>(
      room,
      ({ push, onSessionEnd }) => {
        this.#push = push.said;
        onSessionEnd((session) => {
          this.ended.push(session);
        });
        return { enter() {}, note() {} };
      },
      invokers,
    );
  }
}

function recordingLogger(logged: string[]): Logger {
  const ignore = () => {};
  const record = (fields: object | string, message?: string) => {
    logged.push(typeof fields === "string" ? fields : (message ?? ""));
  };
  return { debug: ignore, info: ignore, warn: record, error: record };
}
