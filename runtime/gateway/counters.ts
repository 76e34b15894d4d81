/** What a gateway did for clients that were slow or away, since it started. What it refused, `Refusals` count. */
export interface GatewayCounters {
  /** Sessions taken over by a new connection of their client. */
  resumptions: number;
  /** Pushes marked `@latest` that were replaced by newer ones before they were sent. */
  replacedPushes: number;
  /** Pushes marked `@replay` that were dropped for newer ones. */
  droppedReplays: number;
}

export function createCounters(): GatewayCounters {
  return { resumptions: 0, replacedPushes: 0, droppedReplays: 0 };
}
