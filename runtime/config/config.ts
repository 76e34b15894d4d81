import type { Caller } from "../call/caller.js";
import type { Codec } from "../codec/codec.js";
import type { ModuleContract } from "../contract/module.js";
import type { Routes } from "../contract/route.js";
import type { ModuleDefinition } from "../module/define-module.js";
import type { Session } from "../session/session.js";
import type { GatewayLimits } from "./gateway-limits.js";
import type { AmqpConfig, GatewayPorts, ProcessConfig } from "./placement-config.js";

/** Imports a module's file, so that a process or thread loads only what it hosts. */
export type ModuleSource = () => Promise<{ readonly default: ModuleDefinition }>;

/** A module and what its set-up gets as `settings`. */
export interface ModuleConfig {
  readonly load: ModuleSource;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What a client sent with its CONNECT. */
export interface ConnectRequest {
  readonly clientId: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The address that the connection came from. */
  readonly address: string;
}

/** The answer to a CONNECT: a user, a guest, or no. */
export type Admission = { readonly userId: string } | "guest" | { readonly refuse: string };

/** What `authenticate` gets beside the CONNECT. */
export interface AuthenticateContext<Rpc, Client extends Session = Session> {
  /** The session that is about to open. */
  readonly session: Client;
  readonly rpc: Rpc;
}

/** Where players connect. */
export interface GatewayConfig<Rpc = unknown, Client extends Session = Session> extends GatewayPorts {
  /** A folder of files to serve over HTTP, as a path or a `file:` URL. */
  readonly page?: string | URL;
  /** What clients may take; defaults for what is not given. */
  readonly limits?: Partial<GatewayLimits>;
  /** Decides who may connect, and as whom; default: everybody, as a guest. A throw refuses with "not authorized". */
  authenticate?(
    request: ConnectRequest,
    context: AuthenticateContext<Rpc, Client>,
  ): Admission | Promise<Admission>;
}

/** Where a running application listens. */
export interface Addresses {
  readonly http: string;
  readonly mqtt: string;
}

/** Runs when a server stops, before anything else does. */
export type Cleanup = () => void | Promise<void>;

/** What `antwire.config.ts` exports by default, made by the generated `defineConfig`. */
export interface Config<Key extends string = string, Rpc = unknown, Client extends Session = Session> {
  /** The modules to host, by the IDL's name with a small first letter. */
  readonly modules: { readonly [K in Key]?: ModuleSource | ModuleConfig };
  readonly gateway?: GatewayConfig<Rpc, Client>;
  /** Which processes there are, by name, and what each runs; default: one that runs everything. */
  readonly processes?: Readonly<Record<string, ProcessConfig<Key>>>;
  /** How processes reach each other. Needed where there is more than one. */
  readonly amqp?: AmqpConfig;
  /** How long calls wait that set no timeout, in milliseconds; default 10,000. */
  readonly deadline?: number;
  /** How long a stop waits for calls in flight, in milliseconds; default 10,000. */
  readonly grace?: number;
  /** Runs once everything listens; what it returns, if anything, runs when the server stops. */
  readonly onReady?: (addresses: Addresses) => Cleanup | undefined | Promise<Cleanup | undefined>;
}

/** What the generator knows of an application. */
export interface Application<Rpc = unknown> {
  /** By the IDL's name with a small first letter. */
  readonly modules: Readonly<Record<string, ModuleContract>>;
  readonly routes: Routes;
  /** What sessions carry; undefined where the IDL does not say. */
  readonly sessionData?: Codec;
  createRpc(caller: Caller): Rpc;
}

/** A config together with what the generator knows. */
export interface ConfiguredApplication {
  readonly application: Application;
  readonly config: Config;
}

/** Ties a config to its application. The generated `defineConfig` calls it. */
export function configure<Key extends string, Rpc, Client extends Session>(
  application: Application<Rpc>,
  config: Config<Key, Rpc, Client>,
): ConfiguredApplication {
  return { application, config };
}
