import type { NodeId } from "../transport/transport.js";
import type { ThreadDescription } from "./describe-thread.js";
import type { Fault } from "./fault.js";
import type { FlowLimits } from "./flow.js";
import type { Link } from "./link.js";
import type { VitalsMemory } from "./vitals.js";

/** What a worker is born with: its `workerData`. */
export interface Birth<Data> {
  /** The file that it runs. */
  readonly entry: string;
  readonly thread: ThreadDescription;
  readonly node: NodeId;
  /** To all threads that there are already. */
  readonly links: readonly Link[];
  readonly limits: FlowLimits;
  readonly vitals: VitalsMemory;
  /** Which of the threads of `vitals` it is. */
  readonly place: number;
  readonly data: Data;
}

/** What the main thread asks of a worker. */
export type Order =
  | { readonly kind: "connect"; readonly link: Link }
  /** Answered by the same id. */
  | { readonly kind: "run"; readonly id: number; readonly step: string };

/** What a worker answers. */
export interface Report {
  readonly id: number;
  /** What the step came to. */
  readonly value?: unknown;
  /** What went wrong. */
  readonly fault?: Fault;
}

/** The step that a worker takes first, without being asked. Its report has this id. */
export const startId = 0;

/** The step after which a worker ends itself. */
export const stopStep = "stop";
