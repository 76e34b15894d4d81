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

/** Frames that may wait to leave a node in one turn of the event loop. */
const capacity = 100_000;

/** Where nodes meet that live in one thread. */
export class Exchange {
  readonly transports = new Map<NodeId, MemoryTransport>();
  #turn = 0;

  join(node: NodeId): MemoryTransport {
    const transport = new MemoryTransport(node, this);
    this.transports.set(node, transport);
    return transport;
  }

  leave(node: NodeId): void {
    this.transports.delete(node);
    for (const other of this.transports.values()) other.listener?.onNodeGone(node);
  }

  /** Who gets a frame: one of the nodes that serve a module, the node, or all that listen to the topic. */
  takersOf(address: Address): readonly MemoryTransport[] {
    const all = [...this.transports.values()];
    switch (address.kind) {
      case "node":
        return all.filter(({ node }) => node === address.node);
      case "topic":
        return all.filter(({ topics }) => topics.has(address.topic));
      case "module": {
        const serving = all.filter(({ modules }) => modules.has(address.module));
        const taker = serving[this.#turn++ % serving.length];
        return taker === undefined ? [] : [taker];
      }
    }
  }
}

/** A node's way to the others. */
export class MemoryTransport implements Transport {
  readonly node: NodeId;
  readonly modules = new Set<string>();
  readonly topics = new Set<string>();
  listener: TransportListener | undefined = undefined;
  readonly #exchange: Exchange;
  #waiting: { readonly frame: Frame; readonly address: Address; readonly fits: boolean }[] = [];

  constructor(node: NodeId, exchange: Exchange) {
    this.node = node;
    this.#exchange = exchange;
  }

  listen(listener: TransportListener): void {
    this.listener = listener;
  }

  lane(address: Address): Lane {
    return {
      address,
      send: (frame) => {
        const fits = this.#waiting.length < capacity;
        // Not now: whoever sends may still be in the middle of something, and never hears back before `send` returns.
        if (this.#waiting.push({ frame, address, fits }) === 1) setImmediate(() => this.#flush());
        return address.kind === "node" ? address.node : undefined;
      },
    };
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    const delivery: Delivery = { from: this.node, redelivered: false, done() {} };
    for (const { frame, address, fits } of waiting) {
      const takers = fits ? this.#exchange.takersOf(address) : [];
      for (const { listener } of takers) listener?.onFrame(frame, delivery);
      // A topic may have nobody who listens.
      if (!fits) this.#giveBack(frame, address, "full");
      else if (takers.length === 0 && address.kind !== "topic") this.#giveBack(frame, address, "nobody");
    }
  }

  #giveBack(frame: Frame, address: Address, why: Undelivered): void {
    this.listener?.onUndelivered(frame, address, why);
  }

  async serve(module: string): Promise<void> {
    this.modules.add(module);
  }

  async retire(module: string): Promise<void> {
    this.modules.delete(module);
  }

  async subscribe(topic: string): Promise<void> {
    this.topics.add(topic);
  }

  async unsubscribe(topic: string): Promise<void> {
    this.topics.delete(topic);
  }

  async close(): Promise<void> {
    this.#flush();
    this.#exchange.leave(this.node);
  }
}
