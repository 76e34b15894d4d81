import type { Codec } from "../codec/codec.js";
import { leaveAll, toCaller } from "../codec/refusal.js";
import type { MethodContract } from "../contract/method.js";
import { markNested, toNested } from "../error/nested.js";
import { RpcError } from "../error/rpc-error.js";
import type { Session } from "../session/session.js";
import type { CallCore, CallLog } from "./call-core.js";
import type { Caller, StubOptions } from "./caller.js";
import type { Completion } from "./dispatcher.js";
import { Execution } from "./execution.js";
import { LocalStream } from "./local-stream.js";
import type { OpenCall } from "./open-call.js";

/**
 * Calls modules, here or elsewhere. Within this thread nothing is serialised, but arguments, results and
 * failures are checked and copied, so that code that works here works across threads and machines too.
 */
export class ModuleCaller implements Caller {
  readonly #core: CallCore;
  readonly #outer: Execution | undefined;

  /** @param outer the call whose handler calls; undefined outside of calls */
  constructor(core: CallCore, outer: Execution | undefined) {
    this.#core = core;
    this.#outer = outer;
  }

  call<Args extends readonly unknown[], Result>(
    method: MethodContract<Args, Result>,
    session: Session | undefined,
    args: Args,
    options: StubOptions | undefined,
  ): Promise<Result> {
    const result = new PromisedResult(method.result, this.#outer);
    try {
      const timeout = this.#timeout(method, options);
      const remote = this.#core.findRemote(method, options?.node);
      const call =
        remote === undefined
          ? new Execution(this.#core, { method, session, args: method.args.copy(args), timeout }, result)
          : remote.open({ method, session, args, timeout }, result);
      this.#start(call, options, result);
    } catch (refusal) {
      return Promise.reject(markNested(toCaller(refusal, this.call)));
    }
    return result.promise;
  }

  stream<Args extends readonly unknown[], Item>(
    method: MethodContract<Args, Item>,
    session: Session | undefined,
    args: Args,
    options: StubOptions | undefined,
  ): AsyncIterable<Item> {
    const own = copyArguments(method, args);
    const start = (stream: LocalStream<Item>) => {
      try {
        const request = { method, session, args: own, timeout: this.#timeout(method, options) };
        const call = this.#core.open(request, stream, options?.node);
        return this.#start(call, options, stream) ? call : undefined;
      } catch (obstacle) {
        stream.fail(toCallError(obstacle));
        return undefined;
      }
    };
    return { [Symbol.asyncIterator]: () => new LocalStream(method.result, start).reader };
  }

  // Nobody waits for it, here or over a wire, so it keeps its own deadline and outlives the outer call.
  send<Args extends readonly unknown[]>(
    method: MethodContract<Args, void>,
    session: Session | undefined,
    args: Args,
    options: StubOptions | undefined,
  ): void {
    const own = copyArguments(method, args);
    if (options?.signal?.aborted) return;
    const request = { method, session, args: own, timeout: options?.timeout };
    const outcome = new LoggedOutcome(method, this.#core.log);
    try {
      const call = this.#core.open(request, outcome, options?.node);
      if (this.#outer !== undefined) call.inherit(this.#outer);
      if (options?.signal !== undefined) call.cancelBy(options.signal);
      call.start();
    } catch (obstacle) {
      outcome.fail(toCallError(obstacle));
    }
  }

  /** Starts a call, unless it ended before it began. Tells which. */
  #start(call: OpenCall, options: StubOptions | undefined, completion: Completion): boolean {
    const outer = this.#outer;
    const interruption = outer?.interruption ?? abortion(call, options?.signal);
    if (interruption !== undefined) {
      completion.fail(interruption);
      return false;
    }
    if (outer !== undefined) {
      call.inherit(outer);
      call.endWith(outer);
    }
    if (options?.signal !== undefined) call.cancelBy(options.signal);
    call.start();
    return true;
  }

  /** The call's own, or what the outer call has left, if that is less. */
  #timeout(method: MethodContract, options: StubOptions | undefined): number | undefined {
    if (this.#outer === undefined) return options?.timeout;
    return Math.min(options?.timeout ?? this.#core.timeoutOf(method), this.#outer.remaining());
  }
}

function copyArguments<Args extends readonly unknown[]>(method: MethodContract<Args>, args: Args): Args {
  try {
    return method.args.copy(args);
  } catch (refusal) {
    throw markNested(toCaller(refusal, copyArguments));
  }
}

/** What kept a call from beginning, once its arguments were checked. */
function toCallError(obstacle: unknown): RpcError {
  leaveAll();
  if (obstacle instanceof RpcError) return obstacle;
  throw obstacle;
}

function abortion(call: OpenCall, signal: AbortSignal | undefined): RpcError | undefined {
  if (!signal?.aborted) return undefined;
  return new RpcError("cancelled", `${call.name} was cancelled before it began`);
}

/** Passes the outcome to a caller that holds a promise. */
class PromisedResult<Result> implements Completion {
  readonly promise: Promise<Result>;
  readonly #codec: Codec<Result>;
  readonly #outer: Execution | undefined;
  #resolve: (result: Result) => void = ignore;
  #reject: (error: RpcError) => void = ignore;

  constructor(codec: Codec<Result>, outer: Execution | undefined) {
    this.#codec = codec;
    this.#outer = outer;
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  succeed(result: unknown, isOwn: boolean): void {
    // The codec checks that it is one, or has done so.
    this.#resolve(isOwn ? (result as Result) : this.#codec.copy(result as Result));
  }

  fail(error: RpcError): void {
    // A client that cancels must not be able to cause an unhandled rejection in a handler that has not
    // come to its `await` yet: the outer call's caller has heard of this interruption.
    if (error === this.#outer?.interruption) this.promise.catch(ignore);
    this.#reject(toNested(error));
  }
}

/** The end of a call that nobody waits for. */
class LoggedOutcome implements Completion {
  readonly #method: MethodContract;
  readonly #log: CallLog;

  constructor(method: MethodContract, log: CallLog) {
    this.#method = method;
    this.#log = log;
  }

  succeed(): void {}

  fail(error: RpcError): void {
    const method = `${this.#method.module}.${this.#method.name}`;
    this.#log.warn({ method, code: error.code }, `${method}, a one-way call, failed: ${error.message}`);
  }
}

function ignore(): void {}
