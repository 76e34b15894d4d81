import type { MethodContract } from "../contract/method.js";
import type { Session } from "../session/session.js";

/** What calls take after the IDL's parameters. */
export interface CallOptions {
  /** Milliseconds to wait for the result, or for the end of a stream; the rest of the budget of the call that this one is made in, if that is less. */
  readonly timeout?: number;
  /** Cancels the call when aborted. */
  readonly signal?: AbortSignal;
}

/** What a stub on the server takes. */
export interface StubOptions extends CallOptions {
  /** The node that is to answer, such as a module's set-up gets as `node`; default: any that hosts the module. */
  readonly node?: string;
}

/** What generated stubs call through. */
export interface Caller {
  /** Makes a call and resolves with its result, or rejects with an `RpcError`. */
  call<Args extends readonly unknown[], Result>(
    method: MethodContract<Args, Result>,
    session: Session | undefined,
    args: Args,
    options: StubOptions | undefined,
  ): Promise<Result>;
  /**
   * Makes a call that answers with a sequence. It begins with the first item that is asked for; each
   * `for await` over the result is a call of its own. `break` cancels it.
   */
  stream<Args extends readonly unknown[], Item>(
    method: MethodContract<Args, Item>,
    session: Session | undefined,
    args: Args,
    options: StubOptions | undefined,
  ): AsyncIterable<Item>;
  /** Makes a one-way call. Throws `invalid-argument` where the arguments do not fit; nothing else is heard of it. */
  send<Args extends readonly unknown[]>(
    method: MethodContract<Args, void>,
    session: Session | undefined,
    args: Args,
    options: StubOptions | undefined,
  ): void;
}
