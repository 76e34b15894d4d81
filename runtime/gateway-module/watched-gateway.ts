import type { NodeId } from "../transport/transport.js";

/** Sessions that are asked after at a time. */
const questionSize = 100;

/** A gateway of which sessions are remembered. */
export class WatchedGateway {
  readonly node: NodeId;
  /** The ids of its sessions; those that were asked after last are at the end. */
  readonly sessions = new Set<string>();
  /** How often in a row it was not there. */
  misses = 0;
  isBeingAsked = false;

  constructor(node: NodeId) {
    this.node = node;
  }

  /** The sessions whose turn it is to be asked after. */
  takeTurn(): string[] {
    const ids: string[] = [];
    for (const id of this.sessions) {
      if (ids.push(id) === questionSize) break;
    }
    for (const id of ids) {
      this.sessions.delete(id);
      this.sessions.add(id);
    }
    return ids;
  }
}
