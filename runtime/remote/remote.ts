import type { CallCore } from "../call/call-core.js";
import type { RemoteModule } from "../call/router.js";
import type { MethodContract } from "../contract/method.js";
import { RpcError } from "../error/rpc-error.js";
import type {
  Address,
  Delivery,
  Frame,
  NodeId,
  Transport,
  TransportListener,
  Undelivered,
} from "../transport/transport.js";
import { frameKind } from "./frame.js";
import { IncomingCalls } from "./incoming-calls.js";
import { LostCalls } from "./lost-calls.js";
import { OutgoingCall } from "./outgoing-call.js";
import { cancelTopic, OutgoingCalls } from "./outgoing-calls.js";
import type { SessionWire } from "./session-wire.js";

/** What a remote works with. */
export interface RemoteOptions {
  readonly transport: Transport;
  readonly core: CallCore;
  readonly sessions: SessionWire;
  /** The method of a name; undefined where the IDL has none. */
  readonly findMethod: (module: string, method: string) => MethodContract | undefined;
  /** One-way methods as `<module>.<method>` that often find nobody, of which the log need not tell. */
  readonly mayFindNobody?: ReadonlySet<string>;
}

/** Milliseconds after which a caller may try again when too much waits to be sent. */
const retryAfterMs = 100;

/** The calls that go over one transport, out and in. */
export class Remote implements TransportListener {
  readonly #core: CallCore;
  readonly #transport: Transport;
  readonly #outgoing: OutgoingCalls;
  readonly #incoming: IncomingCalls;
  readonly #lost: LostCalls;
  readonly #mayFindNobody: ReadonlySet<string>;
  readonly #modules = new Map<string, RemoteModule>();
  readonly #nodes = new Map<NodeId, RemoteModule>();
  /** When to log the next time that something was dropped. */
  #saysFullFrom = 0;

  constructor(options: RemoteOptions) {
    const { transport, core, sessions, findMethod } = options;
    this.#core = core;
    this.#transport = transport;
    this.#outgoing = new OutgoingCalls(transport, core.wheel, sessions);
    const send = (node: NodeId, frame: Frame, lifetime: number) => this.#outgoing.send(node, frame, lifetime);
    this.#incoming = new IncomingCalls({ core, sessions, findMethod, send });
    this.#lost = new LostCalls(core.log, core.wheel);
    this.#mayFindNobody = options.mayFindNobody ?? new Set();
    transport.listen(this);
  }

  /** Any node that runs the module. */
  module(module: string): RemoteModule {
    let remote = this.#modules.get(module);
    if (remote === undefined) {
      remote = this.at({ kind: "module", module });
      this.#modules.set(module, remote);
    }
    return remote;
  }

  /** One node, with whatever it runs. */
  node(node: NodeId): RemoteModule {
    let remote = this.#nodes.get(node);
    if (remote === undefined) {
      remote = this.at({ kind: "node", node });
      this.#nodes.set(node, remote);
    }
    return remote;
  }

  /** Whoever an address means. To a topic only one-way calls can go. */
  at(address: Address): RemoteModule {
    const route = { calls: this.#outgoing, lane: this.#transport.lane(address) };
    return { open: (request, completion) => new OutgoingCall(this.#core, request, completion, route) };
  }

  /** Takes calls to a module. Resolves once a call made by anybody would come here. */
  async serve(module: string): Promise<void> {
    await this.#transport.subscribe(cancelTopic(module));
    await this.#transport.serve(module);
  }

  /** Takes no more calls to a module. Those that came run on, and their callers know where. */
  async retire(module: string): Promise<void> {
    // Before as well: who finds that nobody serves the module gives up on calls that are nowhere.
    this.#incoming.announceAll();
    await this.#transport.retire(module);
    this.#incoming.announceAll();
  }

  onFrame(frame: Frame, delivery: Delivery): void {
    if (frame[0] === frameKind.call) {
      this.#incoming.take(frame, delivery);
      return;
    }
    this.#onReply(frame, delivery.from);
    delivery.done();
  }

  onUndelivered(frame: Frame, address: Address, why: Undelivered): void {
    if (frame[0] === frameKind.call) this.#onUnsent(frame, why);
    else if (why === "full") this.#onFull(frame, address);
    else if (address.kind === "node") this.onNodeGone(address.node);
    else if (address.kind === "module") this.#outgoing.onModuleGone(address.module);
  }

  onInterrupted(): void {
    this.#outgoing.onInterrupted();
    this.#incoming.onInterrupted();
  }

  onSwept(module: string): void {
    this.#incoming.announceAll();
    this.#outgoing.tellSwept(module);
  }

  onNodeGone(node: NodeId): void {
    this.#nodes.delete(node);
    this.#outgoing.onNodeGone(node);
    this.#incoming.onNodeGone(node);
  }

  #onUnsent(frame: Frame, why: Undelivered): void {
    const [, id, module, method] = frame;
    if (id === 0) this.#onLost(`${module}.${method}`, why);
    else if (why === "nobody") this.#outgoing.find(id)?.onNobody();
    else this.#outgoing.find(id)?.end(full());
  }

  #onLost(method: string, why: Undelivered): void {
    if (why === "full" || !this.#mayFindNobody.has(method)) this.#lost.note(method, why);
  }

  #onReply(frame: Frame, from: NodeId): void {
    const [kind, id, value] = frame;
    switch (kind) {
      case frameKind.result:
        this.#outgoing.find(id)?.onResult(value, from);
        break;
      case frameKind.error:
        this.#outgoing.find(id)?.onError(value, from);
        break;
      case frameKind.next:
        this.#outgoing.find(id)?.onNext(value, from);
        break;
      case frameKind.done:
        this.#outgoing.find(id)?.onDone();
        break;
      case frameKind.taken:
        this.#outgoing.onTaken(id, from);
        break;
      case frameKind.lost:
        this.#outgoing.onLost(id, from);
        break;
      case frameKind.swept:
        this.#outgoing.onSwept(id);
        break;
      case frameKind.probe:
        this.#incoming.onAsked(from, id);
        break;
      case frameKind.cancel:
        this.#incoming.cancel(from, id);
        break;
      case frameKind.more:
        this.#incoming.more(from, id, value);
        break;
      default: // What a newer version sends: nothing is lost by not knowing it.
        break;
    }
  }

  /** A stream of which something was dropped must not go on. Others find out when they ask after their calls. */
  #onFull([kind, id]: Frame, address: Address): void {
    if (kind === frameKind.more) this.#outgoing.find(id)?.end(full());
    if (kind === frameKind.next && address.kind === "node") this.#incoming.cancel(address.node, id);
    const now = this.#core.wheel.now();
    if (now < this.#saysFullFrom) return;
    this.#saysFullFrom = now + 1_000;
    this.#core.log.error({ address }, "Messages to other nodes are dropped: too much waits to be sent");
  }
}

function full(): RpcError {
  return new RpcError("resource-exhausted", "Too much waits to be sent to other nodes", {
    details: { retryAfterMs },
  });
}
