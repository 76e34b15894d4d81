import { systemClock } from "../clock/clock.js";
import type { MethodContract } from "../contract/method.js";
import { RpcError } from "../error/rpc-error.js";
import { Callees } from "./callees.js";
import type { Caller } from "./caller.js";
import type { Completion, Request } from "./dispatcher.js";
import { Execution } from "./execution.js";
import { ModuleCaller } from "./module-caller.js";
import { OpenCall } from "./open-call.js";
import type { RemoteModule, Router } from "./router.js";
import { TimingWheel, type WheelClock } from "./timing-wheel.js";

/** Where faults of handlers go. */
export interface CallLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a core is made of. */
export interface CallCoreOptions {
  /** Makes the stubs of the application. */
  readonly createRpc: (caller: Caller) => unknown;
  readonly log: CallLog;
  /** How long calls wait that set no timeout, in milliseconds; default 10,000. */
  readonly deadline?: number | undefined;
  readonly clock?: WheelClock | undefined;
  /** This thread among others; undefined where it is alone. */
  readonly node?: string | undefined;
  /** Knows the modules that run elsewhere; without it there are none. */
  readonly router?: Router | undefined;
}

// Some 285 years: in milliseconds still an exact number.
const endless = 9e12;

/** What the calls of one thread share. */
export class CallCore {
  readonly callees = new Callees();
  readonly wheel: TimingWheel;
  /** The streams that flow now. */
  readonly streams = new Set<OpenCall>();
  readonly log: CallLog;
  readonly #createRpc: (caller: Caller) => unknown;
  readonly #deadline: number;
  readonly #node: string | undefined;
  readonly #router: Router | undefined;
  #running = 0;
  #whenIdle: (() => void)[] = [];

  constructor(options: CallCoreOptions) {
    this.wheel = new TimingWheel(options.clock ?? systemClock);
    this.log = options.log;
    this.#createRpc = options.createRpc;
    this.#deadline = options.deadline ?? 10_000;
    this.#node = options.node;
    this.#router = options.router;
  }

  /** Stubs; those made in a call inherit from it. */
  createRpc(outer?: Execution): unknown {
    return this.#createRpc(new ModuleCaller(this, outer));
  }

  /**
   * Prepares a call whose arguments are its own, wherever it is answered.
   *
   * @param node as `findRemote` takes it
   */
  open(request: Request, completion: Completion, node: string | undefined): OpenCall {
    const remote = this.findRemote(request.method, node);
    return remote?.open(request, completion) ?? new Execution(this, request, completion);
  }

  /**
   * Where a method is to be called; undefined for this thread.
   *
   * @param node the node that is to answer; undefined for any, this one before others
   */
  findRemote(method: MethodContract, node: string | undefined): RemoteModule | undefined {
    if (node === undefined) {
      const isHere = this.#router === undefined || this.callees.has(method);
      return isHere ? undefined : this.#router.find(method.module, undefined);
    }
    if (node === this.#node) return undefined;
    const remote = this.#router?.find(method.module, node);
    if (remote === undefined)
      throw new RpcError("unavailable", `The node ${node} cannot be reached from here`);
    return remote;
  }

  /** How long a call waits that sets no timeout, in milliseconds. A stream may flow as long as it likes. */
  timeoutOf(method: MethodContract): number {
    return method.timeout ?? (method.kind === "stream" ? endless : this.#deadline);
  }

  /** Calls whose handlers run here, or that wait for one elsewhere. */
  get running(): number {
    return this.#running;
  }

  began(): void {
    this.#running++;
  }

  ended(): void {
    if (--this.#running > 0 || this.#whenIdle.length === 0) return;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  /** Resolves once no handler runs, and no call waits for one elsewhere. */
  idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  /** Ends the streams, which would not end by themselves. */
  interruptStreams(error: RpcError): void {
    for (const stream of this.streams) stream.interrupt(error);
  }

  /** Ends every call that somebody waits for. Handlers hear it by their signals. */
  interruptAll(error: RpcError): void {
    this.wheel.clear((entry) => {
      if (entry instanceof OpenCall) entry.interrupt(error);
      else entry.expire();
    });
  }
}
