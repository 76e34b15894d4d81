import type { CallCore } from "../call/call-core.js";
import type { Completion, Request } from "../call/dispatcher.js";
import { OpenCall } from "../call/open-call.js";
import { leaveAll } from "../codec/refusal.js";
import { RpcError } from "../error/rpc-error.js";
import { internalError } from "../error/to-rpc-error.js";
import type { Lane, NodeId } from "../transport/transport.js";
import { readErrorReply } from "../wire/reply.js";
import { frameKind, shortLife, streamWindow, writeCallFrame } from "./frame.js";
import type { OutgoingCalls } from "./outgoing-calls.js";

/** Milliseconds for which a call that may run twice goes on looking for somebody to run it. */
const searchTime = 2_000;

/** Milliseconds for which a call may wait for a node that takes it, whatever its deadline is. */
const longestWait = 3_600_000;

/** A call that is answered by another node. */
export class OutgoingCall extends OpenCall {
  /** 0 where nobody waits for an answer. */
  id = 0;
  /** Where it is sent to. */
  readonly lane: Lane;
  /** Who works on it; undefined while that is not known. */
  node: NodeId | undefined = undefined;
  /** Whether it was under way when somebody looked last. */
  isOld = false;
  /** How often it is still looked at, unless somebody says that he works on it; endless where nothing is wrong. */
  looksLeft = Number.POSITIVE_INFINITY;
  readonly #calls: OutgoingCalls;
  /** What the next frame brings; undefined once that is the transport's. */
  #args: unknown;
  /** Of what may run twice: what the next frame's are made of. */
  readonly #ownArgs: readonly unknown[] | undefined;
  /** Until when it looks for a node, on the wheel's clock; undefined before it found none. */
  #searchesUntil: number | undefined = undefined;
  /** Of a stream: what came and was not passed on yet, or its end. */
  #arrived: (() => Promise<void> | undefined)[] | undefined = undefined;
  #isPassingOn = false;
  #taken = 0;

  /** Throws `invalid-argument` where the arguments do not fit. */
  constructor(
    core: CallCore,
    request: Request,
    completion: Completion,
    { calls, lane }: { readonly calls: OutgoingCalls; readonly lane: Lane },
  ) {
    super(core, request, completion);
    this.lane = lane;
    this.#calls = calls;
    const { args } = request.method;
    this.#args = args.write(request.args);
    this.#ownArgs = this.#mayRunTwice() ? args.copy(request.args) : undefined;
  }

  start(): void {
    if (this.method.kind === "oneway") {
      this.#send(this.timeout);
      // Nobody waits for it, so there is nothing to end.
      this.settle();
      return;
    }
    try {
      this.await();
    } catch (error) {
      queueMicrotask(() => this.end(error as RpcError)); // It throws nothing else.
      return;
    }
    this.core.began();
    if (this.method.kind === "stream") this.core.streams.add(this);
    this.id = this.#calls.add(this);
    this.retry();
  }

  onResult(value: unknown, from: NodeId): void {
    this.node = from;
    if (this.method.kind === "stream") {
      this.#refuse("was answered unlike a stream");
      return;
    }
    this.#close();
    try {
      this.completion.succeed(this.method.result.read(value), true);
    } catch (refusal) {
      leaveAll();
      this.completion.fail(this.#hide(refusal, "was answered with what its type does not allow"));
    }
  }

  onError(reply: unknown, from: NodeId): void {
    this.node = from;
    const error = this.#readError(reply);
    if (this.method.kind !== "stream") {
      this.end(error);
      return;
    }
    this.#arrive(() => {
      this.end(error);
      return undefined;
    });
  }

  /** An item of a stream, and who sends it. */
  onNext(item: unknown, from: NodeId): void {
    this.node = from;
    if (this.method.kind === "stream") this.#arrive(() => this.#passOn(item));
    else this.#refuse("was answered like a stream");
  }

  /** The end of a stream. */
  onDone(): void {
    if (this.method.kind !== "stream") {
      this.#refuse("was answered like a stream");
      return;
    }
    this.#arrive(() => {
      if (this.isSettled) return undefined;
      this.#close();
      this.completion.succeed(undefined, true);
      return undefined;
    });
  }

  /** What was sent may be lost, or who worked on it is gone. */
  onLost(why: string): void {
    if (this.#mayRunTwice()) {
      this.#searchesUntil = undefined;
      this.retry();
    } else this.end(new RpcError("unavailable", `${this.name}: ${why}`));
  }

  /** Nobody serves the address, so nobody has it. */
  onNobody(): void {
    const now = this.core.wheel.now();
    this.#searchesUntil ??= now + searchTime;
    if (this.#mayRunTwice() && now < this.#searchesUntil) this.#calls.searchAgain(this);
    else this.end(new RpcError("unavailable", `No node that runs ${this.method.module} can be reached`));
  }

  /** Ends with an error that came from elsewhere. */
  end(error: RpcError): void {
    if (this.isSettled) return;
    this.#close();
    this.completion.fail(error);
  }

  /** Sends it, perhaps once more. */
  retry(): void {
    this.isOld = false;
    this.looksLeft = Number.POSITIVE_INFINITY;
    if (this.#ownArgs !== undefined) this.#args ??= this.method.args.write(this.#ownArgs);
    // The budget is in whole milliseconds, and the callee must not be the first to give up.
    this.#send(Math.ceil(this.remaining()));
  }

  protected onInterrupted(): void {
    if (this.id === 0) return;
    this.#leave();
    this.#calls.cancel(this);
  }

  #send(budget: number): void {
    const { name: method, module } = this.method;
    const session = this.session === undefined ? null : this.#calls.writeSession(this.session);
    const call = { id: this.id, module, method, args: this.#args, budget, session, trace: this.trace };
    this.#args = undefined;
    this.node = this.lane.send(writeCallFrame(call), Math.min(budget, longestWait));
  }

  /** A stream cannot: its reader has had items. */
  #mayRunTwice(): boolean {
    return this.method.idempotent && this.method.kind !== "stream";
  }

  #passOn(item: unknown): Promise<void> | undefined {
    if (this.isSettled) return undefined;
    try {
      return this.completion.next?.(this.method.result.read(item), true);
    } catch (refusal) {
      leaveAll();
      this.#refuse("yielded what its type does not allow", refusal);
      return undefined;
    }
  }

  #arrive(step: () => Promise<void> | undefined): void {
    this.#arrived ??= [];
    this.#arrived.push(step);
    if (!this.#isPassingOn) void this.#passOnAll(this.#arrived);
  }

  /** One after the other, each when the reader has taken the one before. */
  async #passOnAll(arrived: (() => Promise<void> | undefined)[]): Promise<void> {
    this.#isPassingOn = true;
    for (let step = arrived.shift(); step !== undefined; step = arrived.shift()) {
      const held = step();
      if (held !== undefined) await held;
      this.#countTaken();
    }
    this.#isPassingOn = false;
  }

  #countTaken(): void {
    if (++this.#taken < streamWindow / 2 || this.isSettled || this.node === undefined) return;
    this.#calls.send(this.node, [frameKind.more, this.id, this.#taken], shortLife);
    this.#taken = 0;
  }

  #close(): void {
    this.settle();
    if (this.id !== 0) this.#leave();
  }

  #leave(): void {
    this.#calls.remove(this);
    this.core.streams.delete(this);
    this.core.ended();
  }

  /** Ends it because of an answer that makes no sense. */
  #refuse(what: string, fault?: unknown): void {
    this.end(this.#hide(fault, what));
    this.#calls.cancel(this);
  }

  #readError(reply: unknown): RpcError {
    try {
      return readErrorReply(Array.isArray(reply) ? reply : [], this.method.failures);
    } catch (refusal) {
      leaveAll();
      return this.#hide(refusal, "failed with what its type does not allow");
    }
  }

  #hide(fault: unknown, what: string): RpcError {
    const details = fault instanceof RpcError ? fault.details : undefined;
    const fields = { method: this.name, traceId: this.traceId, node: this.node, ...details, err: fault };
    this.core.log.error(fields, `${this.name} ${what}`);
    return internalError(this.traceId);
  }
}
