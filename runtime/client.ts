/**
 * The door for clients, browser-safe: what pages and programs import that play. Their typed binding is the
 * generated `client.ts`, which stands on it.
 */
export type { CallOptions } from "./call/caller.js";
export type { ConnectOptions } from "./client/connect-options.js";
export type { ConnectionEvents, ConnectionState, StateChange } from "./client/connection-events.js";
export type { Connection, Subscription } from "./client/link.js";
export type { MqttConnect, MqttConnection, MqttDelivery, MqttEvents, OpenMqtt } from "./client/mqtt.js";
export { openConnection } from "./client/open-connection.js";
export { type Code, codes } from "./error/code.js";
export { DeclaredFailure } from "./error/declared-failure.js";
export { type ErrorDetails, RpcError } from "./error/rpc-error.js";
