import type { Completion } from "../call/dispatcher.js";
import type { OpenCall } from "../call/open-call.js";
import type { MethodContract } from "../contract/method.js";
import type { RpcError } from "../error/rpc-error.js";
import type { Delivery, Frame, NodeId } from "../transport/transport.js";
import { writeErrorReply } from "../wire/reply.js";
import { frameKind, streamWindow } from "./frame.js";
import type { IncomingCalls } from "./incoming-calls.js";

/** A call of another node, which is answered here. */
export class IncomingCall implements Completion {
  readonly method: MethodContract;
  readonly id: number;
  /** What runs the handler; undefined before that. */
  execution: OpenCall | undefined = undefined;
  /** Whether it was under way when somebody looked last. */
  isOld = false;
  /** Who called. */
  readonly from: NodeId;
  readonly #calls: IncomingCalls;
  /** What brought it; undefined once that is acknowledged. */
  #delivery: Delivery | undefined;
  #isCancelled = false;
  /** Of a stream: how many items may still be sent, and who waits for that to grow. */
  #window = streamWindow;
  #goOn: (() => void) | undefined = undefined;

  constructor(calls: IncomingCalls, method: MethodContract, id: number, delivery: Delivery) {
    this.#calls = calls;
    this.method = method;
    this.id = id;
    this.from = delivery.from;
    this.#delivery = delivery;
  }

  /** It came again: the broker has not heard of its end, or the caller has not. */
  onRedelivered(delivery: Delivery): void {
    this.acknowledge();
    if (this.method.kind === "stream") delivery.done();
    else this.#delivery = delivery;
  }

  /** From now on it is brought to nobody else if this node dies. */
  acknowledge(): void {
    this.#delivery?.done();
    this.#delivery = undefined;
  }

  /** The caller does not wait for it any more. */
  cancel(): void {
    this.#isCancelled = true;
    this.execution?.cancel();
  }

  /** The reader has taken items. */
  more(count: number): void {
    this.#window += count;
    this.#resume();
  }

  next(item: unknown): Promise<void> | undefined {
    this.#reply([frameKind.next, this.id, this.method.result.write(item)]);
    if (--this.#window > 0) return undefined;
    return new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }

  succeed(result: unknown): void {
    if (this.method.kind === "stream") this.#reply([frameKind.done, this.id]);
    else if (this.id !== 0) this.#reply([frameKind.result, this.id, this.method.result.write(result)]);
    this.#end();
  }

  fail(error: RpcError): void {
    this.#resume();
    if (this.id === 0) this.#calls.logUnheard(this.method.module, this.method.name, error);
    else this.#reply([frameKind.error, this.id, writeErrorReply(error, this.method.failures)]);
    this.#end();
  }

  #end(): void {
    this.#calls.remove(this);
    this.acknowledge();
  }

  #reply(frame: Frame): void {
    if (!this.#isCancelled) this.#calls.reply(this.from, frame);
  }

  #resume(): void {
    this.#goOn?.();
    this.#goOn = undefined;
  }
}
