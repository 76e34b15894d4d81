import type { RemoteModule, Router } from "../call/router.js";
import type { Remote } from "../remote/remote.js";
import type { NodeId } from "../transport/transport.js";
import { isSameProcess } from "./node-id.js";

/** Finds the way to modules that do not run in this thread: another thread of this process, or the broker. */
export class NodeRouter implements Router {
  /** The ways, once there are any. */
  threads: Remote | undefined = undefined;
  broker: Remote | undefined = undefined;
  readonly #own: NodeId;
  readonly #neighbours: ReadonlySet<string>;

  /**
   * @param own the node that looks
   * @param neighbours names of the modules on the other threads of its process
   */
  constructor(own: NodeId, neighbours: ReadonlySet<string>) {
    this.#own = own;
    this.#neighbours = neighbours;
  }

  find(module: string, node: NodeId | undefined): RemoteModule | undefined {
    if (node === undefined) {
      return this.#neighbours.has(module) ? this.threads?.module(module) : this.broker?.module(module);
    }
    if (node === this.#own) return undefined;
    return isSameProcess(node, this.#own) ? this.threads?.node(node) : this.broker?.node(node);
  }
}
