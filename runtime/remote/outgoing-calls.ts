import type { TimingWheel } from "../call/timing-wheel.js";
import type { Session } from "../session/session.js";
import type { Frame, Lane, NodeId, Transport } from "../transport/transport.js";
import { CallTable } from "./call-table.js";
import { frameKind, lookInterval, shortLife } from "./frame.js";
import type { OutgoingCall } from "./outgoing-call.js";
import type { SessionWire } from "./session-wire.js";
import { Tick } from "./tick.js";

/** Milliseconds between two tries of a call that nobody could run yet. */
const searchInterval = 100;

/** Looks at a call that may be lost, until it is given up. */
const looksUntilLost = 3;

/** The topic on which the nodes that run a module hear of calls to it that nobody waits for any more. */
export function cancelTopic(module: string): string {
  return `cancel.${module}`;
}

/** Calls that other nodes are to answer: who waits for which answer, and whether somebody is still there to give it. */
export class OutgoingCalls {
  readonly #transport: Transport;
  readonly #wheel: TimingWheel;
  readonly #sessions: SessionWire;
  readonly #calls = new CallTable<OutgoingCall>();
  readonly #searching = new Set<OutgoingCall>();
  readonly #nodes = new Map<NodeId, Lane>();
  readonly #cancelLanes = new Map<string, Lane>();
  readonly #look: Tick;
  readonly #search: Tick;

  constructor(transport: Transport, wheel: TimingWheel, sessions: SessionWire) {
    this.#transport = transport;
    this.#wheel = wheel;
    this.#sessions = sessions;
    this.#look = new Tick(lookInterval, () => this.#lookAfterOldCalls());
    this.#search = new Tick(searchInterval, () => this.#tryAgain());
  }

  add(call: OutgoingCall): number {
    this.#look.start(this.#wheel);
    return this.#calls.add(call);
  }

  remove(call: OutgoingCall): void {
    this.#calls.delete(call.id);
    this.#searching.delete(call);
  }

  find(id: unknown): OutgoingCall | undefined {
    return typeof id === "number" ? this.#calls.get(id) : undefined;
  }

  writeSession(session: Session): unknown {
    return this.#sessions.write(session);
  }

  /** Tells who works on a call that nobody waits for it any more. */
  cancel(call: OutgoingCall): void {
    const node = nodeOf(call);
    const lane = node === undefined ? this.#cancelLane(call.method.module) : this.laneTo(node);
    lane.send([frameKind.cancel, call.id], shortLife);
  }

  send(node: NodeId, frame: Frame, lifetime: number): void {
    this.laneTo(node).send(frame, lifetime);
  }

  laneTo(node: NodeId): Lane {
    let lane = this.#nodes.get(node);
    if (lane === undefined) {
      lane = this.#transport.lane({ kind: "node", node });
      this.#nodes.set(node, lane);
    }
    return lane;
  }

  /** Sends a call again in a moment. */
  searchAgain(call: OutgoingCall): void {
    this.#searching.add(call);
    this.#search.start(this.#wheel);
  }

  /** Somebody says that he works on these calls. */
  onTaken(ids: unknown, node: NodeId): void {
    if (!Array.isArray(ids)) return;
    for (const id of ids) {
      const call = this.find(id);
      if (call !== undefined) call.node = node;
      // Nobody waits for it any more, and who works on it has not heard so.
      else if (typeof id === "number") this.send(node, [frameKind.cancel, id], shortLife);
    }
  }

  /** Somebody says that he does not work on these calls, which were his. */
  onLost(ids: unknown, node: NodeId): void {
    if (!Array.isArray(ids)) return;
    for (const id of ids) {
      const call = this.find(id);
      if (call !== undefined && nodeOf(call) === node) call.onLost("the node that had it has lost it");
    }
  }

  /** Nobody serves a module any more. */
  onModuleGone(module: string): void {
    for (const call of this.#calls.values()) {
      const { address } = call.lane;
      // Not meant are calls that somebody works on, who may have stopped to take more, and those that were
      // sent after the question was.
      if (call.node !== undefined || !call.isOld || this.#searching.has(call)) continue;
      if (address.kind === "module" && address.module === module) call.onLost(gone);
    }
  }

  /** Tells the nodes that were heard of that calls to a module are lost as far as nobody works on them. */
  tellSwept(module: string): void {
    for (const lane of this.#nodes.values()) lane.send([frameKind.swept, module], shortLife);
  }

  /** Such calls may be here. Others who run the module say at the same time which ones they work on. */
  onSwept(module: unknown): void {
    for (const call of this.#calls.values()) {
      const { address } = call.lane;
      if (address.kind !== "module" || address.module !== module || this.#searching.has(call)) continue;
      call.looksLeft = looksUntilLost;
    }
  }

  onNodeGone(node: NodeId): void {
    this.#nodes.delete(node);
    for (const call of this.#calls.values()) {
      if (nodeOf(call) === node && !this.#searching.has(call)) call.onLost(gone);
    }
  }

  /** Whatever was sent may be lost. */
  onInterrupted(): void {
    for (const call of this.#calls.values()) {
      if (this.#searching.has(call)) continue;
      call.onLost("the connection was lost");
      if (call.isSettled) this.cancel(call);
    }
  }

  #cancelLane(module: string): Lane {
    let lane = this.#cancelLanes.get(module);
    if (lane === undefined) {
      lane = this.#transport.lane({ kind: "topic", topic: cancelTopic(module) });
      this.#cancelLanes.set(module, lane);
    }
    return lane;
  }

  /** Asks after everybody who has had a call for long: a dead node cannot be waited for. */
  #lookAfterOldCalls(): boolean {
    const ids = new Map<Lane, number[]>();
    for (const call of this.#calls.values()) {
      if (call.node === undefined && --call.looksLeft === 0) {
        call.onLost("it was lost on its way");
        continue;
      }
      if (call.isOld) this.#note(call, ids);
      call.isOld = true;
    }
    for (const [lane, old] of ids) lane.send([frameKind.probe, old], lookInterval);
    return this.#calls.size > 0;
  }

  /** Puts a call to those that its node is asked about; where that is not known, only for the module is asked. */
  #note(call: OutgoingCall, ids: Map<Lane, number[]>): void {
    const node = nodeOf(call);
    const lane = node === undefined ? call.lane : this.laneTo(node);
    let old = ids.get(lane);
    if (old === undefined) {
      old = [];
      ids.set(lane, old);
    }
    if (node !== undefined) old.push(call.id);
  }

  #tryAgain(): boolean {
    const calls = [...this.#searching];
    this.#searching.clear();
    for (const call of calls) call.retry();
    return false;
  }
}

const gone = "the node that had it is gone";

/** The node that works on a call, as far as that is known. */
function nodeOf({ node, lane: { address } }: OutgoingCall): NodeId | undefined {
  return node ?? (address.kind === "node" ? address.node : undefined);
}
