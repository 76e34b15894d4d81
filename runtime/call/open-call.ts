import type { MethodContract } from "../contract/method.js";
import { RpcError } from "../error/rpc-error.js";
import type { Session } from "../session/session.js";
import type { CallCore } from "./call-core.js";
import type { Completion, Dispatched, Request } from "./dispatcher.js";
import type { WheelEntry } from "./timing-wheel.js";
import { createTrace, type Trace, traceIdOf } from "./trace.js";

/**
 * A call that somebody waits for, here or elsewhere: what the timing wheel holds, what an outer call takes
 * with it when it ends, and what a signal cancels, in one object.
 *
 * It is settled once: by its outcome, the deadline, or a cancellation.
 */
export abstract class OpenCall implements Dispatched, WheelEntry {
  previous: WheelEntry | undefined = undefined;
  next: WheelEntry | undefined = undefined;
  expiresAt = 0;
  readonly timeout: number;
  readonly method: MethodContract;
  protected readonly core: CallCore;
  protected readonly request: Request;
  protected readonly completion: Completion;
  #session: Session | undefined;
  /** 0 until somebody asks. */
  #trace: Trace;
  #settled = false;
  #interruption: RpcError | undefined = undefined;
  #outer: OpenCall | undefined = undefined;
  // The unsettled calls made in this one: a list through them, because a set for each call that makes
  // another costs as much as the other call.
  #inner: OpenCall | undefined = undefined;
  #older: OpenCall | undefined = undefined;
  #younger: OpenCall | undefined = undefined;
  #cancelledBy: AbortSignal | undefined = undefined;

  constructor(core: CallCore, request: Request, completion: Completion) {
    this.core = core;
    this.request = request;
    this.completion = completion;
    this.method = request.method;
    this.timeout = request.timeout ?? core.timeoutOf(request.method);
    this.#session = request.session;
    this.#trace = request.trace ?? 0;
  }

  /** Sends the call on its way. Its outcome is never heard before this has returned. */
  abstract start(): void;

  /** Tells whoever works on the call that nobody waits for it any more. */
  protected abstract onInterrupted(error: RpcError): void;

  /** The session that called, however many modules ago. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** The trace that this call shares with those made in it. */
  get trace(): Trace {
    if (this.#trace === 0) this.#trace = createTrace();
    return this.#trace;
  }

  get traceId(): string {
    return traceIdOf(this.trace);
  }

  get isSettled(): boolean {
    return this.#settled;
  }

  /** The error that the deadline or a cancellation ended the call with. */
  get interruption(): RpcError | undefined {
    return this.#interruption;
  }

  get name(): string {
    return `${this.method.module}.${this.method.name}`;
  }

  /** Milliseconds until the deadline; 0 when it has passed, or the call was interrupted. */
  remaining(): number {
    return this.#interruption === undefined ? Math.max(0, this.core.wheel.left(this)) : 0;
  }

  /** Takes over the trace of the call that this one is made in, and its session where it has none itself. */
  inherit(outer: OpenCall): void {
    this.#trace = outer.trace;
    this.#session ??= outer.session;
  }

  /** Ends together with the outer call when that one is interrupted. */
  endWith(outer: OpenCall): void {
    this.#outer = outer;
    this.#older = outer.#inner;
    if (this.#older !== undefined) this.#older.#younger = this;
    outer.#inner = this;
  }

  /** Is cancelled when the signal aborts. */
  cancelBy(signal: AbortSignal): void {
    this.#cancelledBy = signal;
    signal.addEventListener("abort", this);
  }

  /** What an `AbortSignal` calls; a closure for each signal would be the alternative. */
  handleEvent(): void {
    this.cancel();
  }

  cancel(): void {
    this.interrupt(new RpcError("cancelled", `${this.name} was cancelled`));
  }

  expire(): void {
    const waited = Math.round(this.timeout);
    this.interrupt(new RpcError("deadline-exceeded", `${this.name} took longer than ${waited} ms`));
  }

  /** Ends the call, and those made in it, without waiting for whoever works on it. */
  interrupt(error: RpcError): void {
    if (this.#settled) return;
    this.#interruption = error;
    this.settle();
    this.onInterrupted(error);
    for (let inner = this.#inner; inner !== undefined; inner = this.#inner) inner.interrupt(error);
    this.completion.fail(error);
  }

  /** Begins to count the time. Throws where none is left. */
  protected await(): void {
    if (!(this.timeout > 0)) throw new RpcError("deadline-exceeded", `No time was left for ${this.name}`);
    this.core.wheel.add(this);
  }

  /** Nothing can end the call any more. */
  protected settle(): void {
    this.#settled = true;
    this.core.wheel.remove(this);
    if (this.#outer !== undefined) this.#leave(this.#outer);
    if (this.#cancelledBy !== undefined) this.#cancelledBy.removeEventListener("abort", this);
  }

  #leave(outer: OpenCall): void {
    if (this.#older !== undefined) this.#older.#younger = this.#younger;
    if (this.#younger !== undefined) this.#younger.#older = this.#older;
    else outer.#inner = this.#older;
    this.#outer = undefined;
    this.#older = undefined;
    this.#younger = undefined;
  }
}
