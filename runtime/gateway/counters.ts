/** What a gateway ignored, refused or ended, since it started. */
export interface GatewayCounters {
  /** Messages published to topics that mean nothing. */
  ignoredPublishes: number;
  /** Calls without an answer: an id that is malformed or in use, or a one-way call over a limit. */
  droppedCalls: number;
  /** Filters that were not granted. */
  refusedSubscriptions: number;
  /** Connections that were not admitted. */
  refusedConnects: number;
  /** Connections closed because they violated the protocol. */
  violations: number;
  /** Connections closed because they did not read what they were sent. */
  slowReaders: number;
}

export function createCounters(): GatewayCounters {
  return {
    ignoredPublishes: 0,
    droppedCalls: 0,
    refusedSubscriptions: 0,
    refusedConnects: 0,
    violations: 0,
    slowReaders: 0,
  };
}
