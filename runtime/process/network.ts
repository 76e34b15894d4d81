import type { CallCore } from "../call/call-core.js";
import { ModuleCaller } from "../call/module-caller.js";
import type { Codec } from "../codec/codec.js";
import type { MethodContract } from "../contract/method.js";
import type { ModuleContract } from "../contract/module.js";
import { Broadcast } from "../gateway-module/broadcast.js";
import { frameworkContracts, mayFindNobody } from "../gateway-module/framework-contracts.js";
import { createGatewayHolder } from "../gateway-module/gateway-holder.js";
import { SessionCourier } from "../gateway-module/session-courier.js";
import { SessionWatch } from "../gateway-module/session-watch.js";
import { Remote } from "../remote/remote.js";
import type { SessionHome } from "../session/remote-session.js";
import type { Session } from "../session/session.js";
import type { NodeId, Transport } from "../transport/transport.js";
import { isSameProcess, processOf } from "./node-id.js";
import type { NodeRouter } from "./node-router.js";

/** The ways from a node to others. */
export interface Ways {
  /** To the other threads of the process. */
  readonly threads?: Transport | undefined;
  /** To other processes. */
  readonly broker?: Transport | undefined;
}

/** What a network connects. */
export interface NetworkOptions {
  readonly node: NodeId;
  readonly ways: Ways;
  readonly core: CallCore;
  /** Gets to know the ways. */
  readonly router: NodeRouter;
  readonly contracts: readonly ModuleContract[];
  /** The type of the sessions' data. */
  readonly sessionData: Codec;
  /** The session of that id whose connection this node holds. */
  readonly findSession: (id: string) => Session | undefined;
  /** Tells the modules that a session of another node has ended. */
  readonly onSessionEnd: (session: Session) => void;
}

/** A node among others: what it calls, answers and hears. */
export class Network {
  readonly home: SessionHome;
  readonly broadcast: Broadcast;
  readonly watch: SessionWatch;
  /** What others call this node to except it from what it has heard already. */
  readonly names: ReadonlySet<string>;
  readonly transports: readonly Transport[];
  readonly #remotes: readonly Remote[];
  readonly #broker: Remote | undefined;

  constructor(options: NetworkOptions) {
    const { node, ways, core, router, contracts, sessionData, findSession } = options;
    const process = processOf(node);
    this.names = new Set([node, process]);
    const caller = new ModuleCaller(core, undefined);
    this.home = { holder: createGatewayHolder(caller), data: sessionData };
    this.watch = new SessionWatch({
      core,
      caller,
      isNear: (other) => isSameProcess(other, node),
      onEnd: options.onSessionEnd,
    });
    const sessions = new SessionCourier(this.home, findSession, this.watch);
    const findMethod = methodFinder([...contracts, ...frameworkContracts]);
    const reach = (transport: Transport) =>
      new Remote({ transport, core, sessions, findMethod, mayFindNobody });
    const { threads, broker } = ways;
    router.threads = threads && reach(threads);
    router.broker = broker && reach(broker);
    this.#broker = router.broker;
    this.#remotes = [router.threads, router.broker].filter((remote) => remote !== undefined);
    this.transports = [threads, broker].filter((transport) => transport !== undefined);
    this.broadcast = new Broadcast([
      ...(router.threads ? [{ remote: router.threads, except: node }] : []),
      // What goes to the other threads by their ports must not reach them over the broker again.
      ...(router.broker ? [{ remote: router.broker, except: threads ? process : node }] : []),
    ]);
  }

  /** Takes calls of other nodes to the modules. */
  async serve(modules: readonly string[]): Promise<void> {
    await Promise.all(this.#remotes.flatMap((remote) => modules.map((module) => remote.serve(module))));
  }

  /** Takes no more calls of other processes. Those that came run on, and so do those of other threads. */
  async retire(modules: readonly string[]): Promise<void> {
    await Promise.all(modules.map((module) => this.#broker?.retire(module)));
  }

  async subscribe(topic: string): Promise<void> {
    await Promise.all(this.transports.map((transport) => transport.subscribe(topic)));
  }

  async unsubscribe(topic: string): Promise<void> {
    await Promise.all(this.transports.map((transport) => transport.unsubscribe(topic)));
  }

  async close(): Promise<void> {
    await Promise.all(this.transports.map((transport) => transport.close()));
  }
}

function methodFinder(
  contracts: readonly ModuleContract[],
): (module: string, method: string) => MethodContract | undefined {
  // By the names that they have on the wire, which are not those of the source after a rename.
  const modules = new Map(
    contracts.map((contract) => {
      const methods = Object.values(contract.methods).map((method) => [method.name, method] as const);
      return [contract.name, new Map(methods)] as const;
    }),
  );
  return (module, method) => modules.get(module)?.get(method);
}
