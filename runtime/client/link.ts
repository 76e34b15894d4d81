import type { CallOptions } from "../call/caller.js";
import type { FailureContract } from "../contract/failure.js";
import type { RpcError } from "../error/rpc-error.js";

/** A method as generated client bindings describe it: only what a client needs of it. */
export interface ClientMethod<Args extends readonly unknown[] = readonly unknown[], Result = unknown> {
  /** `<Module>/<method>`. */
  readonly route: string;
  /** The deadline of `@timeout`, in milliseconds; undefined for the connection's default. */
  readonly timeout: number | undefined;
  write(args: Args): unknown;
  read(wire: unknown): Result;
  readonly failures: readonly FailureContract[];
}

/** A push as generated client bindings describe it. */
export interface ClientPush<T = unknown> {
  /** `<Module>/<push>`. */
  readonly route: string;
  read(wire: unknown): T;
}

/** A push that one can listen to: `game.chat.said.on(line => …)`. */
export interface Subscription<T> {
  /**
   * Calls the listener with each value, until the returned function is called. All listeners get the same
   * object: change a copy. What one of them throws is an uncaught error and does not keep the value from
   * the others. What is pushed because of a call made after `on` arrives; what is pushed while the
   * connection is lost does not.
   */
  on(listener: (value: T) => void): () => void;
}

/** What generated client bindings call through. */
export interface ClientLink {
  /**
   * Makes a call and resolves with its result. It rejects with an `RpcError`: what the server answered; or
   * `invalid-argument` before anything is sent; `deadline-exceeded` or `cancelled`, which the server is told;
   * `unavailable` when the connection is lost before the answer, and nobody knows whether the call was run;
   * `resource-exhausted` when too much waits to be sent; `internal` when the answer does not fit its type.
   * Without a connection the call waits for one, no longer than its deadline.
   */
  call<Args extends readonly unknown[], Result>(
    method: ClientMethod<Args, Result>,
    args: Args,
    options: CallOptions | undefined,
  ): Promise<Result>;
  /**
   * Makes a call that answers with a sequence. It begins with the first item that is asked for; each
   * `for await` over the result is a call of its own, and `break` cancels it.
   */
  stream<Args extends readonly unknown[], Item>(
    method: ClientMethod<Args, Item>,
    args: Args,
    options: CallOptions | undefined,
  ): AsyncIterable<Item>;
  /**
   * Makes a one-way call. Throws `invalid-argument` where the arguments do not fit. Without a connection, or
   * when too much waits to be sent already, it is dropped: what one says without waiting for an answer, such
   * as where to steer, is worth nothing later.
   */
  send<Args extends readonly unknown[]>(method: ClientMethod<Args, void>, args: Args): void;
  subscription<T>(push: ClientPush<T>): Subscription<T>;
}

/**
 * Where a connection stands. A lost one waits for a moment and connects again, as often as it takes.
 * `closed` is final: after `close()`, or when the server refuses the user on the way back.
 */
export type ConnectionState = "connecting" | "connected" | "waiting" | "closed";

/** Hears each change of state, and with `waiting` and `closed` the reason, unless that is `close()`. */
export type StateListener = (state: ConnectionState, reason: RpcError | undefined) => void;

/** How to connect. */
export interface ConnectOptions {
  /** The MQTT user name. */
  readonly username?: string;
  /** The MQTT password or token. */
  readonly password?: string;
  /** How long calls wait that set no timeout, in milliseconds; default 10,000. */
  readonly timeout?: number;
  /** Seconds between signs of life; default 20. A server that is silent for one and a half times as long is given up. */
  readonly keepAlive?: number;
  /**
   * Hears of pushes that were dropped because they do not fit their type, and of subscriptions that the
   * server refused, once for each push; default: `console.warn`.
   */
  readonly onProblem?: (problem: RpcError) => void;
}

/** A connection to a gateway, which comes back by itself when it is lost. */
export interface Connection extends ClientLink {
  readonly state: ConnectionState;
  /** Calls the listener at each change of state, until the returned function is called. */
  onState(listener: StateListener): () => void;
  /** Ends the connection; pending calls and later ones reject with `cancelled`. Resolves when the socket is closed. */
  close(): Promise<void>;
}

/** The result of a call that returns nothing. */
export function readNothing(): void {}
