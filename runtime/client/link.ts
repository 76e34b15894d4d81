import type { CallOptions } from "../call/caller.js";
import type { FailureContract } from "../contract/failure.js";
import type { ConnectionEvents, ConnectionState } from "./connection-events.js";

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
  /** Whether the server sends again what a lost connection has swallowed, as `@replay` says; default false. */
  readonly replay?: boolean;
  read(wire: unknown): T;
}

/** A push that one can listen to: `game.chat.said.on(line => …)`. */
export interface Subscription<T> {
  /**
   * Calls the listener with each value, until the returned function is called. All listeners get the same
   * object: change a copy. What one of them throws is an uncaught error and does not keep the value from
   * the others. What is pushed because of a call made after `on` arrives. What is pushed while the
   * connection is lost does not, unless the push is marked `@replay` and the session is resumed.
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
   * Without a connection the call waits for one, no longer than its deadline, or fails, as `offline` says.
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

/** A connection to a gateway, which comes back by itself when it is lost. */
export interface Connection extends ClientLink {
  readonly state: ConnectionState;
  /**
   * Calls the listener at each change to a state, or with `state` at every change, until the returned
   * function is called: `on("connected", ({ resumed }) => …)`.
   */
  on<Name extends keyof ConnectionEvents>(
    name: Name,
    listener: (change: ConnectionEvents[Name]) => void,
  ): () => void;
  /** Ends the session; pending calls and later ones reject with `cancelled`. Resolves when the socket is closed. */
  close(): Promise<void>;
}

/** The result of a call that returns nothing. */
export function readNothing(): void {}
