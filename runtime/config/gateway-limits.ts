/** What the gateway lets strangers take. Every member has a default. */
export interface GatewayLimits {
  /** Connections at a time, on all ports; more are closed as they come. Default 15,000. */
  readonly connections: number;
  /** Connections at a time from one address (of IPv6, one /64 network); more are closed as they come. Default 4,000. */
  readonly connectionsPerAddress: number;
  /** Connections in a second, and as many at once; more are closed as they come. Default 5,000. */
  readonly connectsPerSecond: number;
  /** Connections at a time that have not been admitted yet; more are closed as they come. Default 4,000. */
  readonly connecting: number;
  /** Milliseconds for each step of the way in: PROXY header, TLS handshake, WebSocket upgrade, CONNECT; then the connection is closed. Default 5,000. */
  readonly connectMs: number;
  /** Runs of `authenticate` at a time; others wait. Default 256. */
  readonly authenticating: number;
  /** Clients that wait for `authenticate`; a CONNECT beyond is answered with return code 3. Default 4,000. */
  readonly authenticationQueue: number;
  /** Milliseconds that waiting and `authenticate` may take together; then the CONNECT is answered with return code 3. Default 5,000. */
  readonly authenticationMs: number;
  /** Sessions at a time; a CONNECT beyond them is answered with return code 3. Default 10,000. */
  readonly sessions: number;
  /** Seconds without any sign of life after which a session without a user is closed. Default 300. */
  readonly guestIdle: number;
  /** Bytes of one MQTT packet; a client that announces more is disconnected. Default 65,536. */
  readonly packetBytes: number;
  /** Bytes of a topic or a filter; a longer topic ends the connection, a longer filter is refused in the SUBACK. Default 256. */
  readonly topicBytes: number;
  /** Levels of a topic or a filter; as for its bytes. Default 8. */
  readonly topicLevels: number;
  /** Messages of QoS 2 that a client may have published and not released; more end the connection. Default 256. */
  readonly unreleased: number;
  /** Bytes that may wait for a client to read them; a slower one is disconnected. Default 1,048,576. */
  readonly queuedBytes: number;
  /** Milliseconds that a session outlives a lost connection, if its client asked for a secret to come back with; 0 for not at all. Default 30,000. */
  readonly resumeMs: number;
  /** Sessions at a time whose clients may come back; more end with their connections. They count among `sessions`. Default 5,000. */
  readonly away: number;
  /** Pushes marked `@replay` that are kept for a client until it acknowledges them, in half of `queuedBytes` at most; beyond, the oldest are dropped. Default 256. */
  readonly replay: number;
  /** Calls of one session at a time; more are answered with `resource-exhausted`. Default 256. */
  readonly callsInFlight: number;
  /** Calls of one session in a second, on average; more are answered with `resource-exhausted`. Default 1,000. */
  readonly callsPerSecond: number;
  /** Calls of one session at once, after a pause in which `callsPerSecond` fills them up again. Default: as many as `callsPerSecond`. */
  readonly callBurst: number;
  /** Calls of all sessions at a time; more are answered with `resource-exhausted`. Default 600,000. */
  readonly callsInAll: number;
  /** Milliseconds that one turn of the event loop may spend on calls; what is left of it is answered with `resource-exhausted`. Default 1,000. */
  readonly busyMs: number;
  /** Topic filters that one session may subscribe to; more are refused in the SUBACK. Default 100. */
  readonly subscriptions: number;
  /** Groups that one session may be in; `join` rejects with `resource-exhausted` beyond. Default 64. */
  readonly groups: number;
}

export const defaultGatewayLimits: GatewayLimits = {
  connections: 15_000,
  connectionsPerAddress: 4_000,
  connectsPerSecond: 5_000,
  connecting: 4_000,
  connectMs: 5_000,
  authenticating: 256,
  authenticationQueue: 4_000,
  authenticationMs: 5_000,
  sessions: 10_000,
  guestIdle: 300,
  packetBytes: 65_536,
  topicBytes: 256,
  topicLevels: 8,
  unreleased: 256,
  queuedBytes: 1_048_576,
  resumeMs: 30_000,
  away: 5_000,
  replay: 256,
  callsInFlight: 256,
  callsPerSecond: 1_000,
  callBurst: 1_000,
  callsInAll: 600_000,
  busyMs: 1_000,
  subscriptions: 100,
  groups: 64,
};

/** The limits with defaults for what is not given. */
export function completeLimits(given: Partial<GatewayLimits> = {}): GatewayLimits {
  const limits = { ...defaultGatewayLimits, ...given };
  return { ...limits, callBurst: given.callBurst ?? limits.callsPerSecond };
}
