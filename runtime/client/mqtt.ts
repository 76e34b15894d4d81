import type { RpcError } from "../error/rpc-error.js";

// What a session needs of an MQTT library. The one in slim-mqtt.ts comes with the bindings; any other one can
// take its place through `ConnectOptions.mqtt`.

/** What to connect with. */
export interface MqttConnect {
  /** `mqtt:`, `mqtts:`, `ws:` or `wss:`. */
  readonly url: URL;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Empty, so that the server makes one up, unless a session is resumed. */
  readonly clientId: string;
  /** The flag "clean session": false where a session is resumed. */
  readonly clean: boolean;
  /** Seconds between signs of life. A server that is silent for so long is to be reported as lost. */
  readonly keepAlive: number;
}

/** One MQTT connection. Packets leave in the order of these calls. It does not come back by itself. */
export interface MqttConnection {
  /** Whether so much waits to be sent that more would only pile up. */
  readonly congested: boolean;
  /** Publishes with QoS 0. */
  publish(topic: string, payload: Uint8Array): void;
  subscribe(topics: readonly string[], qos: 0 | 1): void;
  unsubscribe(topic: string): void;
  /** Says goodbye and closes. Resolves when the socket is gone, and never rejects; no event follows. */
  close(): Promise<void>;
}

/** What stands in a PUBLISH of QoS 1. */
export interface MqttDelivery {
  /** The packet identifier. */
  readonly id: number;
  /** The flag DUP: the packet may have come before. */
  readonly dup: boolean;
}

/** What a session hears of an MQTT connection. */
export interface MqttEvents {
  /** The server accepted the connection; `sessionPresent` is the flag in its CONNACK. */
  onOpen(sessionPresent: boolean): void;
  /** A message came. With QoS 1 it comes with its delivery, and is acknowledged after this has returned. */
  onMessage(topic: string, payload: Uint8Array, delivery?: MqttDelivery): void;
  /** The server refused a subscription. */
  onSubscriptionRefused(topic: string): void;
  /**
   * The connection is gone, or never came to be; nothing follows. `unauthenticated` where the server refused
   * the user, `resource-exhausted` where it has no room, `unavailable` for all other reasons.
   */
  onLost(reason: RpcError): void;
}

/** Opens one connection and reports to `events` how that went, never before it has returned. */
export type OpenMqtt = (connect: MqttConnect, events: MqttEvents) => MqttConnection;
