/** The door for servers: what applications import. Generated code has a door of its own. */

// First tier, what handlers meet:

export type { Call } from "./call/call.js";
export type { CallOptions, StubOptions } from "./call/caller.js";
export { type Code, codes } from "./error/code.js";
export { DeclaredFailure } from "./error/declared-failure.js";
export { type ErrorDetails, RpcError } from "./error/rpc-error.js";
export type { ModuleContext } from "./module/define-module.js";
export type { Logger } from "./module/logger.js";
export type { ModuleClock, TimedStep } from "./module/module-clock.js";
export type { PushTarget } from "./session/push-target.js";
export type { Session, UserSession } from "./session/session.js";

// Second tier, what the config says:

export type { ClientCertificate } from "./config/client-certificate.js";
export type {
  Addresses,
  Admission,
  AuthenticateContext,
  Cleanup,
  Config,
  ConfiguredApplication,
  ConnectRequest,
  GatewayConfig,
  ModuleConfig,
  ModuleSource,
  SessionsPerUser,
} from "./config/config.js";
export { ConfigError } from "./config/config-error.js";
export type { GatewayLimits } from "./config/gateway-limits.js";
export type { MetricsConfig } from "./config/metrics-config.js";
export type { AmqpConfig, GatewayPorts, ProcessConfig, ThreadConfig } from "./config/placement-config.js";
export type { Pem, TlsConfig } from "./config/tls-config.js";

// Third tier, for those who start an application from a program of their own, such as a test:

export type { PlacementWish } from "./placement/plan-placement.js";
export { type RunningApplication, type StartOptions, startApplication } from "./process/application.js";
export { createLog, type LogDestination, type LogFormat, type ProcessLog } from "./process/log.js";
export { StartError } from "./process/start-error.js";
