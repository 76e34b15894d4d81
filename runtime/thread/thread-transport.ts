import type {
  Address,
  Delivery,
  Frame,
  Lane,
  NodeId,
  Transport,
  TransportListener,
  Undelivered,
} from "../transport/transport.js";
import type { Change } from "./change.js";
import type { FlowLimits } from "./flow.js";
import { createLane, type Directory } from "./lanes.js";
import type { Link } from "./link.js";
import { Peer, type PeerListener } from "./peer.js";
import { Takers } from "./takers.js";

/**
 * Moves frames between the threads of one process, through one channel for each pair of them. Threads tell
 * one another which modules and topics they take.
 */
export class ThreadTransport implements Transport, Directory, PeerListener {
  readonly peers = new Map<NodeId, Peer>();
  readonly modules = new Takers();
  readonly topics = new Takers();
  readonly #limits: FlowLimits;
  #listener: TransportListener | undefined;
  /** What came before anybody listened. */
  #early: { readonly frame: Frame; readonly delivery: Delivery }[] = [];
  /** What this thread takes itself. */
  readonly #served = new Set<string>();
  readonly #subscribed = new Set<string>();
  #givenBack: GivenBack[] = [];
  #closed: Promise<void> | undefined;

  constructor(links: readonly Link[], limits: FlowLimits = {}) {
    this.#limits = limits;
    for (const link of links) this.connect(link);
  }

  /** Adds a thread that was started later. */
  connect(link: Link): void {
    const peer = new Peer(link, this.#limits);
    if (this.#closed !== undefined) {
      void peer.close(); // Never rejects: the port closes.
      return;
    }
    this.peers.set(peer.node, peer);
    peer.listen(this);
    // Nobody waits for the answers: who wants to know all this sends a greeting.
    for (const name of this.#served) void peer.tell({ kind: "serve", name });
    for (const name of this.#subscribed) void peer.tell({ kind: "subscribe", name });
  }

  /** Resolves once all threads that are connected have told what they take. */
  async greetAll(): Promise<void> {
    await Promise.all(Array.from(this.peers.values(), (peer) => peer.greet()));
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    for (const { frame, delivery } of this.#early) listener.onFrame(frame, delivery);
    this.#early = [];
  }

  lane(address: Address): Lane {
    return createLane(address, this);
  }

  serve(module: string): Promise<void> {
    this.#served.add(module);
    return this.#tellAll({ kind: "serve", name: module });
  }

  retire(module: string): Promise<void> {
    this.#served.delete(module);
    return this.#tellAll({ kind: "retire", name: module });
  }

  subscribe(topic: string): Promise<void> {
    this.#subscribed.add(topic);
    return this.#tellAll({ kind: "subscribe", name: topic });
  }

  unsubscribe(topic: string): Promise<void> {
    this.#subscribed.delete(topic);
    return this.#tellAll({ kind: "unsubscribe", name: topic });
  }

  async #tellAll(change: Change): Promise<void> {
    await Promise.all(Array.from(this.peers.values(), (peer) => peer.tell(change)));
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const peers = [...this.peers.values()];
    for (const peer of peers) this.#forget(peer);
    await Promise.all(peers.map((peer) => peer.close()));
  }

  onFrame(frame: Frame, delivery: Delivery): void {
    if (this.#listener === undefined) this.#early.push({ frame, delivery });
    else this.#listener.onFrame(frame, delivery);
  }

  onChange(peer: Peer, { kind, name }: Change): void {
    switch (kind) {
      case "serve":
        this.modules.add(name, peer);
        break;
      case "retire":
        this.modules.remove(name, peer);
        break;
      case "subscribe":
        this.topics.add(name, peer);
        break;
      case "unsubscribe":
        this.topics.remove(name, peer);
        break;
    }
  }

  onGone(peer: Peer): void {
    this.#forget(peer);
    this.#listener?.onNodeGone(peer.node);
  }

  #forget(peer: Peer): void {
    this.peers.delete(peer.node);
    this.modules.forget(peer);
    this.topics.forget(peer);
  }

  giveBack(frame: Frame, address: Address, why: Undelivered): void {
    if (this.#givenBack.push({ frame, address, why }) === 1) setImmediate(this.#handBack);
  }

  readonly #handBack = (): void => {
    const givenBack = this.#givenBack;
    this.#givenBack = [];
    for (const { frame, address, why } of givenBack) this.#listener?.onUndelivered(frame, address, why);
  };
}

interface GivenBack {
  readonly frame: Frame;
  readonly address: Address;
  readonly why: Undelivered;
}
