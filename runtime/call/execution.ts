import { leaveAll } from "../codec/refusal.js";
import { RpcError } from "../error/rpc-error.js";
import { internalError, toRpcError } from "../error/to-rpc-error.js";
import type { Call } from "./call.js";
import { checkAccess } from "./check-access.js";
import { OpenCall } from "./open-call.js";

/**
 * One call that runs in this thread, and what its handler gets as `call`. What few calls need is made when
 * somebody looks at it.
 *
 * A handler that goes on after the call was settled counts as running until it ends.
 */
export class Execution extends OpenCall implements Call {
  #controller: AbortController | undefined = undefined;
  #rpc: unknown = undefined;

  get deadline(): number {
    return Math.round(this.core.wheel.wallTime() + this.core.wheel.left(this));
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.interruption !== undefined) this.#controller.abort(this.interruption);
    }
    return this.#controller.signal;
  }

  get rpc(): unknown {
    this.#rpc ??= this.core.createRpc(this);
    return this.#rpc;
  }

  /** Runs the handler, which starts before this returns. The outcome is heard later in any case. */
  start(): void {
    this.core.began();
    let returned: unknown;
    try {
      returned = this.#invoke();
    } catch (thrown) {
      returned = Promise.reject(thrown);
    }
    const outcome = this.method.kind === "stream" ? this.#pump(returned) : Promise.resolve(returned);
    // Measured: two closures are 80 ns cheaper than an async function that awaits.
    outcome.then(
      (result) => this.#succeed(result),
      (thrown: unknown) => this.#fail(thrown),
    );
  }

  /** Moves the items of a stream to whoever called, until either has enough. */
  async #pump(returned: unknown): Promise<void> {
    const items = (await returned) as AsyncIterable<unknown>; // What else it may be, `for await` refuses.
    this.core.streams.add(this);
    try {
      for await (const item of items) {
        // Leaving the loop runs the handler's `finally`.
        if (this.isSettled) return;
        await this.#deliver(item);
        if (this.isSettled) return;
      }
    } finally {
      this.core.streams.delete(this);
    }
  }

  #deliver(item: unknown): Promise<void> | undefined {
    try {
      return this.completion.next?.(item, false);
    } catch (refusal) {
      leaveAll();
      throw this.#hide(refusal, "yielded what its type does not allow");
    }
  }

  protected onInterrupted(error: RpcError): void {
    this.#controller?.abort(error);
  }

  #invoke(): unknown {
    const { method, session, args } = this.request;
    const callee = this.core.callees.find(method);
    checkAccess(method, session);
    this.await();
    return callee.invoke(callee.handlers, session, args, this);
  }

  #succeed(result: unknown): void {
    this.core.ended();
    if (this.isSettled) return;
    this.settle();
    try {
      this.completion.succeed(result, false);
    } catch (refusal) {
      leaveAll();
      this.completion.fail(this.#hide(refusal, "returned what its type does not allow"));
    }
  }

  #fail(thrown: unknown): void {
    this.core.ended();
    // Who listens to the signal often ends with an `AbortError` of the platform: the caller has heard why.
    if (this.interruption !== undefined && thrown instanceof Error && thrown.name === "AbortError") return;
    const error = this.#explain(thrown);
    if (this.isSettled) return;
    this.settle();
    this.completion.fail(error);
  }

  #explain(thrown: unknown): RpcError {
    try {
      return toRpcError(thrown, this.method.failures) ?? this.#hide(thrown, "failed");
    } catch (refusal) {
      leaveAll();
      return this.#hide(refusal, "threw a failure that its type does not allow");
    }
  }

  /** Puts a fault into the log and returns what the caller hears of it. */
  #hide(fault: unknown, what: string): RpcError {
    const details = fault instanceof RpcError ? fault.details : undefined;
    const fields = { method: this.name, traceId: this.traceId, ...details, err: fault };
    this.core.log.error(fields, `${this.name} ${what}`);
    return internalError(this.traceId);
  }
}
