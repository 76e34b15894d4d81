import type { Caller } from "../call/caller.js";
import type { Codec } from "../codec/codec.js";
import type { ModuleContract } from "../contract/module.js";
import type { Routes } from "../contract/route.js";
import type { ModuleDefinition } from "../module/define-module.js";
import type { Session } from "../session/session.js";
import type { ClientCertificate } from "./client-certificate.js";
import type { GatewayLimits } from "./gateway-limits.js";
import type { MetricsConfig } from "./metrics-config.js";
import type { AmqpConfig, GatewayPorts, ProcessConfig } from "./placement-config.js";
import type { TlsConfig } from "./tls-config.js";

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
  /** The password as text; a token, mostly. */
  readonly password: string | undefined;
  /** The password as it came, for those that are no UTF-8. */
  readonly passwordBytes: Uint8Array | undefined;
  /** The address that the client has, as far as trusted proxies tell. */
  readonly address: string;
  /** Whether it came over TLS, as far as trusted proxies tell. */
  readonly isSecure: boolean;
  /** The origin of the page that connects, as its browser tells it; undefined over TCP. */
  readonly origin: string | undefined;
  /** The client's certificate, which one of `tls.ca` has signed; undefined where there is none. */
  readonly certificate: ClientCertificate | undefined;
}

/** The answer to a CONNECT: a user, a guest, or no. */
export type Admission = { readonly userId: string } | "guest" | { readonly refuse: string };

/** What `authenticate` gets beside the CONNECT. */
export interface AuthenticateContext<Rpc, Client extends Session = Session> {
  /** The session that is about to open. */
  readonly session: Client;
  readonly rpc: Rpc;
  /** Aborted when the answer would come too late. */
  readonly signal: AbortSignal;
}

/**
 * Whether a user may have several sessions: `allow` lets it; `replace` ends the older ones; `refuse` lets no further one
 * in while there is one, except where that one's client has lost its connection.
 */
export type SessionsPerUser = "allow" | "replace" | "refuse";

/** Where players connect. */
export interface GatewayConfig<Rpc = unknown, Client extends Session = Session> extends GatewayPorts {
  /** A folder of files to serve over HTTP, as a path or a `file:` URL. */
  readonly page?: string | URL;
  /** What clients may take; defaults for what is not given. */
  readonly limits?: Partial<GatewayLimits>;
  /** Makes both ports speak TLS, and nothing else: MQTT over TLS and `https`, with `wss`. */
  readonly tls?: TlsConfig;
  /**
   * The origins of pages that may connect besides those that this server serves, such as `https://game.example`;
   * default: all. Clients that are no browsers send no origin, and may connect.
   */
  readonly origins?: readonly string[];
  /**
   * Addresses and networks of balancers, such as `10.0.0.0/8`. Only they are believed when they say where a client
   * comes from: over HTTP by `X-Forwarded-For` and `X-Forwarded-Proto`.
   */
  readonly trustedProxies?: readonly string[];
  /** The ports to which trusted proxies speak the PROXY protocol, version 1 or 2, with every connection; default none. */
  readonly proxyProtocol?: readonly ("mqtt" | "http")[];
  /** Whether sessions without a user may connect; default true. Otherwise they get return code 5. */
  readonly guests?: boolean;
  /**
   * Whether a user may have several sessions, at all gateways together; default `allow`. With `replace`, `session.bind` ends the
   * others; with `refuse` it rejects with `permission-denied` while there is another, and a CONNECT gets return code 5.
   */
  readonly sessionsPerUser?: SessionsPerUser;
  /**
   * Decides who may connect, and as whom; default: everybody, as a guest. A throw refuses with "not authorized".
   * `limits` say how many may be decided on at a time, and how long it may take.
   */
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
  /** Where metrics and health are told, on a port of their own; default: nowhere. Processes may say so for themselves. */
  readonly metrics?: MetricsConfig;
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
export interface ConfiguredApplication<Rpc = unknown> {
  readonly application: Application<Rpc>;
  readonly config: Config;
}

/** Ties a config to its application. The generated `defineConfig` calls it. */
export function configure<Key extends string, Rpc, Client extends Session>(
  application: Application<Rpc>,
  config: Config<Key, Rpc, Client>,
): ConfiguredApplication<Rpc> {
  return { application, config };
}
