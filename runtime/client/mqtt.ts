import type { RpcError } from "../error/rpc-error.js";

/** What a session needs of MQTT; everything is at QoS 0. Packets leave in the order of these calls. */
export interface MqttConnection {
  /** Whether so much waits to be sent that more would only pile up. */
  readonly congested: boolean;
  publish(topic: string, payload: Uint8Array): void;
  subscribe(topics: readonly string[]): void;
  unsubscribe(topic: string): void;
  /** Says goodbye and closes. Resolves when the socket is gone; no event follows. */
  close(): Promise<void>;
}

/** What a session hears of an MQTT connection. */
export interface MqttEvents {
  /** The server accepted the connection. */
  onOpen(): void;
  onMessage(topic: string, payload: Uint8Array): void;
  /** The server refused a subscription. */
  onSubscriptionRefused(topic: string): void;
  /**
   * The connection is gone, or never came to be; nothing follows. `unauthenticated` where the server refused
   * the user, `resource-exhausted` where it has no room, `unavailable` for all other reasons.
   */
  onLost(reason: RpcError): void;
}

/** Opens one connection and reports to `events` how that went, never before it has returned. */
export type OpenMqtt = (events: MqttEvents) => MqttConnection;
