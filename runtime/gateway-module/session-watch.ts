import type { CallCore } from "../call/call-core.js";
import type { Caller } from "../call/caller.js";
import { RpcError } from "../error/rpc-error.js";
import { Tick } from "../remote/tick.js";
import type { Session } from "../session/session.js";
import { nodeOfSession } from "../session/session-id.js";
import type { NodeId } from "../transport/transport.js";
import { AntwireGatewayStub } from "./generated/stubs/antwire-gateway.js";
import { LostGateways } from "./lost-gateways.js";
import { RecentEnds } from "./recent-ends.js";
import { WatchedGateway } from "./watched-gateway.js";

/** Milliseconds between two questions to a gateway, and for its answer. */
const interval = 1_000;

/**
 * How often in a row a gateway has to be missing before it is given up. After a broker was gone, it may be back
 * some seconds later than this node.
 */
const patience = 6;

/** Sessions that are remembered at a time. Of more, only those ends are heard of that their gateways tell. */
const mostSessions = 100_000;

/** What a watch works with. */
export interface SessionWatchOptions {
  readonly core: CallCore;
  /** Finds gateways. */
  readonly caller: Caller;
  /** Whether a node is a thread of this process, of which it is known exactly whether it is there. */
  readonly isNear: (node: NodeId) => boolean;
  /** Tells the modules. */
  readonly onEnd: (session: Session) => void;
}

interface Seen {
  /** As it came with its latest call. */
  session: Session;
  readonly gateway: WatchedGateway;
}

/**
 * The sessions of other nodes that have called modules of this one. Their gateways tell when they end, but one
 * that was killed tells nothing, and what is told while a broker is away is lost. So gateways are asked as well.
 */
export class SessionWatch {
  readonly #options: SessionWatchOptions;
  readonly #gatewayStub: AntwireGatewayStub;
  readonly #seen = new Map<string, Seen>();
  readonly #gateways = new Map<NodeId, WatchedGateway>();
  readonly #ends = new RecentEnds();
  readonly #lost = new LostGateways((node, ids) =>
    this.#gatewayStub.endSessions(ids, { node, timeout: interval }),
  );
  readonly #tick = new Tick(interval, () => this.#askAll());
  #isOn = false;

  constructor(options: SessionWatchOptions) {
    this.#options = options;
    this.#gatewayStub = new AntwireGatewayStub(options.caller);
  }

  /** Begins to remember the sessions that are seen: a module wants to hear of their ends. */
  start(): void {
    this.#isOn = true;
  }

  /** Asks no more. What gateways tell is still passed on. */
  stop(): void {
    this.#isOn = false;
    this.#seen.clear();
    this.#gateways.clear();
    this.#lost.clear();
  }

  /** A call of a session has come. */
  see(session: Session): void {
    const seen = this.#seen.get(session.id);
    if (seen !== undefined) seen.session = session;
    else if (this.#isOn) this.#remember(session);
  }

  /** The gateway of a session tells that it has ended. */
  hearEnd(session: Session): void {
    const isKnown = this.#ends.has(session.id);
    this.#forget(session.id);
    this.#ends.add(session.id, true);
    if (!isKnown) this.#options.onEnd(session);
  }

  #remember(session: Session): void {
    const node = nodeOfSession(session.id);
    if (node === undefined) return;
    if (this.#ends.has(session.id)) {
      // A call that came after the end, or of a session that the modules were told had ended while its gateway was cut off.
      if (!this.#ends.isCertain(session.id)) this.#endAt(node, session.id);
      return;
    }
    if (this.#seen.size >= mostSessions) return;
    let gateway = this.#gateways.get(node);
    if (gateway === undefined) {
      gateway = new WatchedGateway(node);
      this.#gateways.set(node, gateway);
    }
    gateway.sessions.add(session.id);
    this.#seen.set(session.id, { session, gateway });
    this.#tick.start(this.#options.core.wheel);
  }

  #forget(id: string): Session | undefined {
    const seen = this.#seen.get(id);
    if (seen === undefined) return undefined;
    this.#seen.delete(id);
    const { sessions, node } = seen.gateway;
    sessions.delete(id);
    if (sessions.size === 0) this.#gateways.delete(node);
    return seen.session;
  }

  #askAll(): boolean {
    for (const gateway of this.#gateways.values()) {
      if (!gateway.isBeingAsked) void this.#ask(gateway);
    }
    this.#lost.tellAll();
    return this.#gateways.size > 0 || !this.#lost.isEmpty;
  }

  /** Never rejects. */
  async #ask(gateway: WatchedGateway): Promise<void> {
    const { node } = gateway;
    gateway.isBeingAsked = true;
    try {
      const ended = await this.#gatewayStub.findEnded(gateway.takeTurn(), { node, timeout: interval });
      gateway.misses = 0;
      for (const id of ended) this.#conclude(id, true);
    } catch (error) {
      // Any other error comes from the gateway, or says that no answer came in time: it may be busy, or the
      // broker away. That tells nothing.
      if (error instanceof RpcError && error.code === "unavailable") this.#miss(gateway);
      else gateway.misses = 0;
    }
    gateway.isBeingAsked = false;
  }

  #miss(gateway: WatchedGateway): void {
    const { node, sessions } = gateway;
    const { core, isNear } = this.#options;
    gateway.misses++;
    const isGone = gateway.misses >= patience || isNear(node);
    // Meanwhile its last session may have ended.
    if (!isGone || this.#gateways.get(node) !== gateway) return;
    core.log.warn(
      { node, sessions: sessions.size },
      `The gateway ${node} is gone, and its sessions have ended`,
    );
    for (const id of [...sessions]) {
      this.#conclude(id, false);
      // A thread that is gone never comes back.
      if (!isNear(node)) this.#endAt(node, id);
    }
  }

  /** Ends a session once its gateway can be reached: to the modules it has ended. */
  #endAt(node: NodeId, id: string): void {
    this.#lost.add(node, id);
    this.#tick.start(this.#options.core.wheel);
  }

  /** A session has ended, although nobody told. Meanwhile somebody may have. */
  #conclude(id: string, isCertain: boolean): void {
    const session = this.#forget(id);
    if (session === undefined) return;
    this.#ends.add(id, isCertain);
    this.#options.onEnd(session);
  }
}
