/** What the gateway lets strangers take. Every member has a default. */
export interface GatewayLimits {
  /** Sessions at a time; a CONNECT beyond them is answered with "server unavailable". Default 10,000. */
  readonly sessions: number;
  /** Connections at a time that have not been admitted yet; more are closed as they come. Default 1,000. */
  readonly connecting: number;
  /** Bytes of one MQTT packet; a client that announces more is disconnected. Default 65,536. */
  readonly packetBytes: number;
  /** Bytes that may wait for a client to read them; a slower one is disconnected. Default 1,048,576. */
  readonly queuedBytes: number;
  /** Calls of one session at a time; more are answered with `resource-exhausted`. Default 256. */
  readonly callsInFlight: number;
  /** Calls of one session in a second; more are answered with `resource-exhausted`. Default 1,000. */
  readonly callsPerSecond: number;
  /** Topic filters that one session may subscribe to; more are refused. Default 100. */
  readonly subscriptions: number;
  /** Groups that one session may be in; `join` rejects with `resource-exhausted` beyond. Default 64. */
  readonly groups: number;
  /** Seconds without any sign of life after which a session without a user is closed. Default 300. */
  readonly guestIdle: number;
}

export const defaultGatewayLimits: GatewayLimits = {
  sessions: 10_000,
  connecting: 1_000,
  packetBytes: 65_536,
  queuedBytes: 1_048_576,
  callsInFlight: 256,
  callsPerSecond: 1_000,
  subscriptions: 100,
  groups: 64,
  guestIdle: 300,
};
