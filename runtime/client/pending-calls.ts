import type { CallOptions } from "../call/caller.js";
import type { FailureContract } from "../contract/failure.js";
import { RpcError } from "../error/rpc-error.js";
import { readErrorReply, replyKind } from "../wire/reply.js";
import { callTopic, cancelTopic } from "../wire/topic.js";
import type { ClientMethod } from "./link.js";
import type { MqttConnection } from "./mqtt.js";
import { pack } from "./pack.js";
import { unpack } from "./unpack.js";

/** So many calls wait for a connection; one more is refused. */
const maxWaiting = 256;
/** The longest that timers wait, on all platforms, in milliseconds; beyond it they fire at once. */
const longestTimer = 2 ** 31 - 1;
const nothing = new Uint8Array(0);

interface PendingCall {
  readonly route: string;
  readonly failures: readonly FailureContract[];
  readonly timeout: number;
  /** On the clock of `performance.now()`. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  readonly onAbort: () => void;
  readonly answer: Answer;
}

/** Who waits for a call. */
export interface Answer {
  /** Takes the result, or the end of a stream. Throws where it does not fit. */
  readonly succeed: (wire: unknown) => void;
  /** Takes an item of a stream. Throws where it does not fit. undefined where no stream is expected. */
  readonly next: ((wire: unknown) => void) | undefined;
  readonly fail: (error: RpcError) => void;
}

/**
 * Calls under way: which answer belongs to which, when each is given up, and what becomes of them when the
 * connection goes. While there is one, all have been sent; while there is none, all wait for it.
 */
export class PendingCalls {
  readonly #defaultTimeout: number;
  /** By id, in the order in which they were made. */
  readonly #calls = new Map<string, PendingCall>();
  /** Arguments of the calls that wait for a connection, by id. */
  readonly #waiting = new Map<string, Uint8Array>();
  #lastId = 0;
  #mqtt: MqttConnection | undefined;
  /** Why no more calls are taken. */
  #end: RpcError | undefined;

  /** One timer serves all deadlines. It fires at or before the first of them. */
  #timer: ReturnType<typeof setTimeout> | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  /** @param defaultTimeout milliseconds that a call waits where nothing else says how long */
  constructor(defaultTimeout: number) {
    this.#defaultTimeout = defaultTimeout;
  }

  call<Args extends readonly unknown[], Result>(
    method: ClientMethod<Args, Result>,
    args: Args,
    options: CallOptions | undefined,
  ): Promise<Result> {
    // What is thrown in here rejects the promise.
    return new Promise((resolve, reject) => {
      const payload = pack(method.write(args));
      this.start(method, payload, options, {
        succeed: (wire) => resolve(method.read(wire)),
        next: undefined,
        fail: reject,
      });
    });
  }

  /**
   * Starts a call, and returns its id. Throws where it cannot even be kept until there is a connection.
   *
   * @param payload the arguments in MessagePack
   */
  start(
    { route, failures, timeout: ownTimeout }: ClientMethod,
    payload: Uint8Array,
    options: CallOptions | undefined,
    answer: Answer,
  ): string {
    const signal = options?.signal;
    // A stream may flow as long as it likes.
    const usual = answer.next === undefined ? this.#defaultTimeout : Number.POSITIVE_INFINITY;
    const timeout = options?.timeout ?? ownTimeout ?? usual;
    if (this.#end !== undefined) throw this.#end;
    if (signal?.aborted) throw cancelled(route, signal);
    if (!(timeout > 0)) throw deadlineExceeded(route, timeout);
    if (this.#mqtt ? this.#mqtt.congested : this.#waiting.size >= maxWaiting) {
      throw new RpcError("resource-exhausted", `${route}: too much waits to be sent already`);
    }
    const id = (++this.#lastId).toString(36);
    const call: PendingCall = {
      route,
      failures,
      timeout,
      deadline: performance.now() + timeout,
      signal,
      onAbort: () => this.#giveUp(id, call, cancelled(route, signal)),
      answer,
    };
    this.#calls.set(id, call);
    signal?.addEventListener("abort", call.onAbort);
    this.#arm(call.deadline);
    if (this.#mqtt === undefined) this.#waiting.set(id, payload);
    else this.#mqtt.publish(callTopic(route, id), payload);
    return id;
  }

  /** Ends a call that its caller does not want any more. */
  cancel(id: string): void {
    const call = this.#calls.get(id);
    if (call !== undefined) this.#giveUp(id, call, cancelled(call.route, undefined));
  }

  /** Tells the server something about a call under way, by a topic made from its id. */
  signal(topic: string): void {
    this.#mqtt?.publish(topic, nothing);
  }

  /** Sends what has waited. */
  connected(mqtt: MqttConnection): void {
    this.#mqtt = mqtt;
    for (const [id, payload] of this.#waiting) {
      const call = this.#calls.get(id);
      if (call !== undefined) mqtt.publish(callTopic(call.route, id), payload);
    }
    this.#waiting.clear();
  }

  /** Rejects what has been sent: whether the server has run it, nobody knows. */
  disconnected(reason: RpcError): void {
    if (this.#mqtt === undefined) return;
    this.#mqtt = undefined;
    this.#failAll(reason);
  }

  /** Rejects everything, now and from now on. */
  end(reason: RpcError): void {
    this.#end = reason;
    this.#mqtt = undefined;
    this.#failAll(reason);
    clearTimeout(this.#timer);
  }

  /** Takes what came on `re/<id>`. */
  receive(id: string, payload: Uint8Array): void {
    const call = this.#calls.get(id);
    if (call === undefined) return; // Its caller has given it up.
    try {
      this.#take(id, call, unpack(payload));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `the server's answer does not fit ${call.route}: ${why}`;
      const misfit = new RpcError("internal", message, { cause: error });
      // A stream goes on at the server, unless it is told.
      if (call.answer.next === undefined) this.#fail(id, call, misfit);
      else this.#giveUp(id, call, misfit);
    }
  }

  /** Throws where the reply does not fit. */
  #take(id: string, call: PendingCall, reply: unknown): void {
    const { answer } = call;
    const kind: unknown = Array.isArray(reply) ? reply[0] : undefined;
    if (!Array.isArray(reply)) throw new RpcError("internal", "expected a result or an error");
    if (kind === replyKind.error) this.#fail(id, call, readErrorReply(reply, call.failures));
    else if (kind === replyKind.next && answer.next !== undefined) answer.next(reply[1]);
    else if (kind === (answer.next === undefined ? replyKind.result : replyKind.done)) {
      answer.succeed(reply[1]);
      this.#forget(id, call);
    } else throw new RpcError("internal", "expected a result or an error");
  }

  #fail(id: string, call: PendingCall, error: RpcError): void {
    this.#forget(id, call);
    call.answer.fail(error);
  }

  #failAll(reason: RpcError): void {
    for (const [id, call] of this.#calls) this.#fail(id, call, reason);
  }

  #giveUp(id: string, call: PendingCall, reason: RpcError): void {
    this.#mqtt?.publish(cancelTopic(id), nothing);
    this.#fail(id, call, reason);
  }

  #forget(id: string, call: PendingCall): void {
    this.#calls.delete(id);
    this.#waiting.delete(id);
    call.signal?.removeEventListener("abort", call.onAbort);
  }

  #arm(deadline: number): void {
    if (deadline >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = deadline;
    const wait = Math.min(deadline - performance.now(), longestTimer);
    this.#timer = setTimeout(() => this.#expire(), wait);
  }

  #expire(): void {
    const now = performance.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [id, call] of this.#calls) {
      if (call.deadline <= now) this.#giveUp(id, call, deadlineExceeded(call.route, call.timeout));
      else if (call.deadline < next) next = call.deadline;
    }
    this.#timerAt = Number.POSITIVE_INFINITY;
    this.#arm(next);
  }
}

function cancelled(route: string, signal: AbortSignal | undefined): RpcError {
  return new RpcError("cancelled", `${route}: the caller cancelled it`, { cause: signal?.reason });
}

function deadlineExceeded(route: string, timeout: number): RpcError {
  return new RpcError("deadline-exceeded", `${route}: no answer within ${timeout} ms`);
}
