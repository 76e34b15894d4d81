import { randomBytes } from "node:crypto";
import type { NodeId } from "../transport/transport.js";

// A session's id is that of its node, another dot, and its own part, which has none.
const separator = ".";

/** A name for this process that no other has or had: `world-x7f3k2`. */
export function createProcessId(process: string): string {
  return `${process}-${randomBytes(4).toString("hex")}`;
}

/**
 * A name for one life of a thread: `world-x7f3k2.1`, and `world-x7f3k2.1-2` when it was started again.
 *
 * @param lives how many it has had, this one included
 */
export function createNodeId(processId: string, thread: string, lives: number): NodeId {
  return `${processId}${separator}${thread}${lives === 1 ? "" : `-${lives}`}`;
}

/** What the nodes of one process have in common. */
export function processOf(node: NodeId): string {
  return node.split(separator, 1)[0] ?? node;
}

export function isSameProcess(one: NodeId, other: NodeId): boolean {
  return processOf(one) === processOf(other);
}
