import type { Address, Frame, Lane, NodeId, Undelivered } from "../transport/transport.js";
import type { Peer } from "./peer.js";
import type { Takers } from "./takers.js";

/** What lanes find their way with. */
export interface Directory {
  readonly peers: ReadonlyMap<NodeId, Peer>;
  readonly modules: Takers;
  readonly topics: Takers;
  giveBack(frame: Frame, address: Address, why: Undelivered): void;
}

export function createLane(address: Address, directory: Directory): Lane {
  switch (address.kind) {
    case "node":
      return new NodeLane(address, address.node, directory);
    case "module":
      return new ModuleLane(address, address.module, directory);
    case "topic":
      return new TopicLane(address, address.topic, directory);
  }
}

class NodeLane implements Lane {
  readonly address: Address;
  readonly #node: NodeId;
  readonly #directory: Directory;

  constructor(address: Address, node: NodeId, directory: Directory) {
    this.address = address;
    this.#node = node;
    this.#directory = directory;
  }

  send(frame: Frame): NodeId {
    const peer = this.#directory.peers.get(this.#node);
    if (peer === undefined) this.#directory.giveBack(frame, this.address, "nobody");
    else if (!peer.send(frame)) this.#directory.giveBack(frame, this.address, "full");
    return this.#node;
  }
}

/** Goes round the threads that serve the module, past those for which too much waits. */
class ModuleLane implements Lane {
  readonly address: Address;
  readonly #module: string;
  readonly #directory: Directory;
  #turn = 0;

  constructor(address: Address, module: string, directory: Directory) {
    this.address = address;
    this.#module = module;
    this.#directory = directory;
  }

  send(frame: Frame): NodeId | undefined {
    const peers = this.#directory.modules.of(this.#module);
    for (let tried = 0; tried < peers.length; tried++) {
      if (this.#turn >= peers.length) this.#turn = 0;
      const peer = peers[this.#turn++];
      if (peer?.send(frame)) return peer.node;
    }
    this.#directory.giveBack(frame, this.address, peers.length === 0 ? "nobody" : "full");
    return undefined;
  }
}

class TopicLane implements Lane {
  readonly address: Address;
  readonly #topic: string;
  readonly #directory: Directory;

  constructor(address: Address, topic: string, directory: Directory) {
    this.address = address;
    this.#topic = topic;
    this.#directory = directory;
  }

  send(frame: Frame): undefined {
    for (const peer of this.#directory.topics.of(this.#topic)) {
      if (!peer.send(frame)) this.#directory.giveBack(frame, this.address, "full");
    }
  }
}
