import type { MethodTally } from "./call-tally.js";
import type { GatewayCounters } from "./counters.js";
import type { RefusalCounts } from "./refusals.js";

/** How a gateway is, for those who watch over it. Nothing of it is computed before somebody asks. */
export interface GatewayState {
  /** Connections of clients, those included that are not admitted yet. */
  readonly connections: number;
  readonly sessions: number;
  /** Calls of clients that run. */
  readonly callsInFlight: number;
  /** Clients that `authenticate` decides on. */
  readonly authenticating: number;
  /** Clients that wait for it. */
  readonly authenticationQueue: number;
  /** Bytes that wait for clients to read them. */
  readonly queuedBytes: number;
  readonly calls: readonly MethodTally[];
  readonly pushes: readonly PushTally[];
  readonly refusals: RefusalCounts;
  readonly counters: Readonly<GatewayCounters>;
}

/** What became of the pushes of one name. */
export interface PushTally {
  /** `<Module>.<push>` */
  readonly push: string;
  /** How often it was pushed. */
  readonly times: number;
  /** To how many clients it went. */
  readonly deliveries: number;
}
