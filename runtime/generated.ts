/**
 * The one door through which generated code reaches the runtime. Browser-safe: client bindings import it
 * too. Generated code is committed in users' repositories, so what stands here changes only with a new
 * major version.
 */
export type { Call } from "./call/call.js";
export type { Caller, CallOptions, StubOptions } from "./call/caller.js";
export type { ConnectOptions } from "./client/connect-options.js";
export type { ConnectionEvents, ConnectionState, StateChange } from "./client/connection-events.js";
export {
  type ClientLink,
  type ClientMethod,
  type ClientPush,
  type Connection,
  readNothing,
  type Subscription,
} from "./client/link.js";
export type { MqttConnect, MqttConnection, MqttDelivery, MqttEvents, OpenMqtt } from "./client/mqtt.js";
export { openConnection, openGame } from "./client/open-connection.js";
export { copyBytes } from "./codec/bytes.js";
export { type Codec, nothing } from "./codec/codec.js";
export type { Mutable } from "./codec/mutable.js";
export { noArguments } from "./codec/no-arguments.js";
export { isRecord } from "./codec/record.js";
export { at, enter, leave, maxDepth, refuse, takesAt } from "./codec/refusal.js";
export { isKey, isText } from "./codec/text.js";
export { copyUnknown, isUnknown } from "./codec/unknown.js";
export { type Application, type Config, type ConfiguredApplication, configure } from "./config/config.js";
export type { FailureContract } from "./contract/failure.js";
export type { MethodContract } from "./contract/method.js";
export type { ModuleContract } from "./contract/module.js";
export type { PushContract } from "./contract/push.js";
export type { MethodRoute, PushRoute, Routes } from "./contract/route.js";
export { DeclaredFailure } from "./error/declared-failure.js";
export { RpcError } from "./error/rpc-error.js";
export type * from "./idl.js";
export type { JsonForm } from "./json/form.js";
export * as json from "./json/forms.js";
export {
  defineModule,
  type ModuleContext,
  type ModuleDefinition,
  type Setup,
} from "./module/define-module.js";
export type { PushTarget } from "./session/push-target.js";
