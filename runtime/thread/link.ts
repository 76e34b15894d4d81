import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { NodeId } from "../transport/transport.js";
import { createFlowMemory } from "./flow.js";

/** One end of the channel between two threads. It reaches its thread by `postMessage`. */
export interface Link {
  /** The thread at the other end. */
  readonly peer: NodeId;
  readonly port: MessagePort;
  /** What both ends count in; see {@link Flow}. */
  readonly flow: SharedArrayBuffer;
  /** Which of the two ends this is. */
  readonly end: 0 | 1;
}

/** The two ends of a new channel: the first is for the first node. */
export function createLinks(first: NodeId, second: NodeId): readonly [Link, Link] {
  const { port1, port2 } = new MessageChannel();
  const flow = createFlowMemory();
  return [
    { peer: second, port: port1, flow, end: 0 },
    { peer: first, port: port2, flow, end: 1 },
  ];
}
