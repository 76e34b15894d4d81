import type {
  Address,
  Delivery,
  Frame,
  Lane,
  NodeId,
  Transport,
  TransportListener,
  Undelivered,
} from "../../runtime/transport/transport.js";

/** A frame on its way. */
export interface Sent {
  readonly from: NodeId;
  readonly address: Address;
  /** The node that it goes to; undefined where that is found out on the way. */
  readonly to: NodeId | undefined;
  readonly frame: Frame;
  readonly lifetime: number;
}

/** What becomes of a frame. */
export type Fate = "arrives" | "is dropped" | Undelivered;

/** Frames that travel together. */
interface Message {
  readonly from: NodeId;
  readonly address: Address;
  readonly to: NodeId | undefined;
  readonly frames: Frame[];
  readonly redelivered: boolean;
}

/** A message that a node has and did not acknowledge yet. */
interface Held {
  readonly node: NodeId;
  readonly message: Message;
  left: number;
}

/** Connects nodes in memory, as badly as a test wants it. Like a broker it keeps what was not acknowledged. */
export class Network {
  readonly nodes = new Map<NodeId, MemoryTransport>();
  /** All that was handed over, in order. */
  readonly sent: Sent[] = [];
  readonly held = new Set<Held>();
  /** Whether senders hear which node gets a frame to a module, as they do between threads. */
  tellsNodes = false;
  /** Decides about each frame when it is to leave. */
  fate: (sent: Sent) => Fate = () => "arrives";
  #turn = 0;

  join(node: NodeId): MemoryTransport {
    const transport = new MemoryTransport(node, this);
    this.nodes.set(node, transport);
    return transport;
  }

  /** A node dies. What it had goes to another one, unless that is too much to ask. */
  kill(node: NodeId): void {
    this.nodes.delete(node);
    for (const held of [...this.held]) if (held.node === node) this.#giveBack(held);
  }

  /** Tells the others at once, as the threads of a process do. */
  announceDeath(node: NodeId): void {
    for (const transport of this.nodes.values()) transport.listener?.onNodeGone(node);
  }

  /** A node's connection breaks and is there again: what it had not acknowledged is delivered again. */
  interrupt(node: NodeId): void {
    const held = [...this.held].filter((message) => message.node === node);
    this.nodes.get(node)?.interrupt();
    for (const message of held) this.#giveBack(message);
  }

  /** Which node a frame goes to. */
  takerOf(address: Address): MemoryTransport | undefined {
    if (address.kind === "node") return this.nodes.get(address.node);
    if (address.kind === "topic") return undefined;
    const takers = [...this.nodes.values()].filter(({ served }) => served.has(address.module));
    return takers[this.#turn++ % takers.length];
  }

  deliver(message: Message): void {
    const { address, to } = message;
    if (address.kind === "topic") {
      const listeners = [...this.nodes.values()].filter(({ topics }) => topics.has(address.topic));
      for (const listener of listeners) this.#hand(message, listener);
      return;
    }
    const taker = to === undefined ? this.takerOf(address) : this.nodes.get(to);
    if (taker !== undefined) this.#hand(message, taker);
    else if (!message.redelivered) this.nodes.get(message.from)?.undelivered(message, "nobody");
  }

  #hand(message: Message, taker: MemoryTransport): void {
    const held: Held = { node: taker.node, message, left: message.frames.length };
    this.held.add(held);
    const delivery: Delivery = {
      from: message.from,
      redelivered: message.redelivered,
      done: () => {
        if (held.left <= 0) throw new Error("more frames are done than there were");
        if (--held.left === 0) this.held.delete(held);
      },
    };
    for (const frame of message.frames) taker.listener?.onFrame(frame, delivery);
  }

  #giveBack(held: Held): void {
    this.held.delete(held);
    if (held.message.address.kind === "module")
      this.deliver({ ...held.message, to: undefined, redelivered: true });
  }
}

/** One node's way into the network. */
export class MemoryTransport implements Transport {
  readonly node: NodeId;
  readonly served = new Set<string>();
  readonly topics = new Set<string>();
  listener: TransportListener | undefined = undefined;
  /** Whether what is sent waits, as it does while there is no connection. */
  isHeld = false;
  readonly #network: Network;
  #waiting: Sent[] = [];
  #isFlushing = false;

  constructor(node: NodeId, network: Network) {
    this.node = node;
    this.#network = network;
  }

  listen(listener: TransportListener): void {
    this.listener = listener;
  }

  lane(address: Address): Lane {
    return { address, send: (frame, lifetime) => this.#send(address, frame, lifetime) };
  }

  #send(address: Address, frame: Frame, lifetime: number): NodeId | undefined {
    const isTold = this.#network.tellsNodes && address.kind !== "topic";
    const to = isTold ? this.#network.takerOf(address)?.node : undefined;
    const sent = { from: this.node, address, to, frame, lifetime };
    this.#network.sent.push(sent);
    this.#waiting.push(sent);
    if (!this.#isFlushing) {
      this.#isFlushing = true;
      setImmediate(() => this.flush());
    }
    return to;
  }

  /** Sends what waits: frames in a row to one address in one message. */
  flush(): void {
    this.#isFlushing = false;
    if (this.isHeld) return;
    // The dead send nothing.
    if (this.#network.nodes.get(this.node) !== this) this.#waiting = [];
    let message: Message | undefined;
    for (const sent of this.#waiting.splice(0)) {
      const { from, address, to, frame } = sent;
      const fate = this.#network.fate(sent);
      if (fate === "arrives") {
        if (message?.address === address && message.to === to) message.frames.push(frame);
        else {
          if (message !== undefined) this.#network.deliver(message);
          message = { from, address, to, frames: [frame], redelivered: false };
        }
      } else if (fate !== "is dropped") {
        this.undelivered({ from, address, to, frames: [frame], redelivered: false }, fate);
      }
    }
    if (message !== undefined) this.#network.deliver(message);
  }

  undelivered({ frames, address }: Message, why: Undelivered): void {
    for (const frame of frames) this.listener?.onUndelivered(frame, address, why);
  }

  /** What waits is lost. */
  interrupt(): void {
    this.#waiting = [];
    this.listener?.onInterrupted();
  }

  async serve(module: string): Promise<void> {
    this.served.add(module);
  }

  async retire(module: string): Promise<void> {
    this.served.delete(module);
  }

  async subscribe(topic: string): Promise<void> {
    this.topics.add(topic);
  }

  async unsubscribe(topic: string): Promise<void> {
    this.topics.delete(topic);
  }

  async close(): Promise<void> {
    this.flush();
    this.#network.nodes.delete(this.node);
  }
}
