import { openMqttJs } from "../../docs/examples/mqtt-js-adapter.js";
import type { ConnectOptions } from "../../runtime/client/connect-options.js";
import type { Connection } from "../../runtime/client/link.js";
import { openConnection } from "../../runtime/client/open-connection.js";
import type { ScriptedBroker } from "./scripted-broker.js";

/** What a connection can ride on: the client's own MQTT over both sockets, and another library. */
export const rides = ["tcp", "ws", "mqtt.js"] as const;

export type Ride = (typeof rides)[number];

/** Where the broker is for one that rides so. */
export function addressFor(ride: Ride, broker: ScriptedBroker): string {
  return ride === "ws" ? broker.ws : broker.tcp;
}

/** Opens a connection to the broker. */
export function ride(on: Ride, broker: ScriptedBroker, options: ConnectOptions<Connection> = {}) {
  return openConnection(addressFor(on, broker), optionsFor(on, options));
}

/** The options of a connection that rides so. */
export function optionsFor<Game>(on: Ride, options: ConnectOptions<Game> = {}): ConnectOptions<Game> {
  return on === "mqtt.js" ? { ...options, mqtt: openMqttJs } : options;
}
