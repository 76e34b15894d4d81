import type { MethodContract } from "../contract/method.js";
import type { RpcError } from "../error/rpc-error.js";
import type { Session } from "../session/session.js";
import type { Trace } from "./trace.js";

/**
 * Hears how a call ended: exactly one of `succeed` and `fail` is called, once, never before `dispatch` has
 * returned.
 */
export interface Completion {
  /**
   * Of a stream: takes the next item. Throws where it does not fit its type; `fail` follows then, with
   * `internal`. The handler is not asked for another item before the returned promise resolves.
   *
   * @param isOwn whether it was checked already, and nobody else has it: it came from another node
   */
  next?(item: unknown, isOwn: boolean): Promise<void> | undefined;
  /**
   * Throws where the result does not fit its type; `fail` follows then, with `internal`. A stream has none.
   *
   * @param isOwn as of an item
   */
  succeed(result: unknown, isOwn: boolean): void;
  fail(error: RpcError): void;
}

/** A call to make. */
export interface Request {
  readonly method: MethodContract;
  readonly session: Session | undefined;
  /** Checked by the method's codec, and the callee's own: no copy is made of them. */
  readonly args: readonly unknown[];
  /** Milliseconds left to the caller; undefined for the method's or the application's default. */
  readonly timeout: number | undefined;
  /** The trace that it belongs to, where one began elsewhere. */
  readonly trace?: Trace | undefined;
}

/** A call under way. */
export interface Dispatched {
  /** Ends it with `cancelled`. Does nothing to a call that has ended. */
  cancel(): void;
}

/**
 * Starts calls. Handlers start before `dispatch` returns, so the order of calls is the order of dispatch.
 * Results are passed on as the handler returned them, unchecked: who encodes them, checks them.
 */
export interface Dispatcher {
  dispatch(request: Request, completion: Completion): Dispatched;
}
