/** What runs on one thread. */
export interface ThreadPlan {
  /** `main`, or the number of a worker thread. */
  readonly name: string;
  /** Keys of the config's `modules`, in the order of starting. */
  readonly modules: readonly string[];
  readonly hasGateway: boolean;
}

/** What runs in one process. */
export interface ProcessPlan {
  readonly name: string;
  /** The main thread first. */
  readonly threads: readonly ThreadPlan[];
  /** Whether it meets other processes, over a broker. */
  readonly usesBroker: boolean;
}

/** What runs where. */
export interface Placement {
  readonly processes: readonly ProcessPlan[];
}

/** A placement that makes no sense. The message is one line. */
export class PlacementError extends Error {
  override get name(): string {
    return "PlacementError";
  }
}
