import type { Dispatcher } from "../call/dispatcher.js";
import type { Clock } from "../clock/clock.js";
import type { GatewayLimits } from "../config/gateway-limits.js";
import type { Routes } from "../contract/route.js";
import type { Logger } from "../module/logger.js";
import type { CallTally } from "./call-tally.js";
import type { GatewayCounters } from "./counters.js";
import type { Load } from "./load.js";
import type { Refusals } from "./refusals.js";
import type { Replies } from "./replies.js";

/** What all parts of a gateway share. */
export interface GatewayContext {
  readonly routes: Routes;
  readonly dispatcher: Dispatcher;
  readonly replies: Replies;
  readonly limits: GatewayLimits;
  readonly counters: GatewayCounters;
  readonly refusals: Refusals;
  readonly load: Load;
  readonly tally: CallTally;
  /** Seconds since the start. To look at it costs nothing, unlike at the system's clock. */
  readonly clock: { readonly seconds: number };
  readonly time: Clock;
  readonly log: Logger;
  /** Whether nobody is let in any more. */
  isStopping: boolean;
}
