import type { CallOptions } from "../call/caller.js";
import type { FailureContract } from "../contract/failure.js";
import { RpcError } from "../error/rpc-error.js";
import { readErrorReply, replyKind } from "../wire/reply.js";
import { callTopic, cancelTopic } from "../wire/topic.js";
import { unpack } from "../wire/unpack.js";
import type { ClientClock } from "./client-clock.js";
import type { ClientMethod } from "./link.js";
import type { MqttConnection } from "./mqtt.js";

/** So many calls wait for a connection; one more is refused. */
const maxWaiting = 256;
/** The longest that timers wait, on all platforms, in milliseconds; beyond it they fire at once. */
const longestTimer = 2 ** 31 - 1;
const nothing = new Uint8Array(0);

/** A call that is to be made. */
export interface CallRequest {
  readonly method: ClientMethod;
  /** The arguments in MessagePack. */
  readonly payload: Uint8Array;
  readonly options: CallOptions | undefined;
  readonly answer: Answer;
  /** Whether it belongs to the login, which others wait for. */
  readonly early: boolean;
}

export interface PendingCallsOptions {
  /** Milliseconds that a call waits where nothing else says how long. */
  readonly timeout: number;
  /** What becomes of calls that cannot be sent at once. */
  readonly offline: "wait" | "fail";
  readonly clock: ClientClock;
}

interface PendingCall {
  readonly route: string;
  readonly failures: readonly FailureContract[];
  readonly timeout: number;
  /** On the connection's clock. */
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
 * connection goes. While it is ready, all have been sent; until then all wait for it, but those of the login.
 */
export class PendingCalls {
  readonly #options: PendingCallsOptions;
  /** By id, in the order in which they were made. */
  readonly #calls = new Map<string, PendingCall>();
  /** Arguments of the calls that wait for a connection, by id. */
  readonly #waiting = new Map<string, Uint8Array>();
  #lastId = 0;
  #mqtt: MqttConnection | undefined;
  /** Whether all calls may use the connection. */
  #ready = false;
  /** Why no more calls are taken. */
  #end: RpcError | undefined;

  /** One timer serves all deadlines. It fires at or before the first of them. */
  #stopTimer: (() => void) | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  constructor(options: PendingCallsOptions) {
    this.#options = options;
  }

  /** Starts a call, and returns its id. Throws where it cannot even be kept until there is a connection. */
  start({ method, payload, options, answer, early }: CallRequest): string {
    const { route, failures, timeout: ownTimeout } = method;
    const signal = options?.signal;
    // A stream may flow as long as it likes.
    const usual = answer.next === undefined ? this.#options.timeout : Number.POSITIVE_INFINITY;
    const timeout = options?.timeout ?? ownTimeout ?? usual;
    if (this.#end !== undefined) throw this.#end;
    if (signal?.aborted) throw cancelled(route, signal);
    if (!(timeout > 0)) throw deadlineExceeded(route, timeout);
    const mqtt = this.#usable(early);
    if (mqtt === undefined && this.#options.offline === "fail") {
      throw new RpcError("unavailable", `${route}: there is no connection`);
    }
    if (mqtt ? mqtt.congested : this.#waiting.size >= maxWaiting) {
      throw new RpcError("resource-exhausted", `${route}: too much waits to be sent already`);
    }
    const id = (++this.#lastId).toString(36);
    const call: PendingCall = {
      route,
      failures,
      timeout,
      deadline: this.#options.clock.now() + timeout,
      signal,
      onAbort: () => this.#giveUp(id, call, cancelled(route, signal)),
      answer,
    };
    this.#calls.set(id, call);
    signal?.addEventListener("abort", call.onAbort);
    this.#arm(call.deadline);
    if (mqtt === undefined) this.#waiting.set(id, payload);
    else mqtt.publish(callTopic(route, id), payload);
    return id;
  }

  /** Makes a one-way call, or drops it. */
  send(route: string, payload: Uint8Array, early: boolean): void {
    const mqtt = this.#usable(early);
    if (mqtt?.congested === false) mqtt.publish(callTopic(route), payload);
  }

  #usable(early: boolean): MqttConnection | undefined {
    return this.#ready || early ? this.#mqtt : undefined;
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

  /** Lets the login's calls through. */
  connected(mqtt: MqttConnection): void {
    this.#mqtt = mqtt;
  }

  /** Lets all calls through, and sends what has waited. */
  ready(mqtt: MqttConnection): void {
    this.#ready = true;
    for (const [id, payload] of this.#waiting) {
      const call = this.#calls.get(id);
      if (call !== undefined) mqtt.publish(callTopic(call.route, id), payload);
    }
    this.#waiting.clear();
  }

  /** Rejects what has been sent: whether the server has run it, nobody knows. */
  disconnected(reason: RpcError): void {
    this.#mqtt = undefined;
    this.#ready = false;
    for (const [id, call] of this.#calls) {
      if (!this.#waiting.has(id)) this.#fail(id, call, reason);
    }
  }

  /** Rejects everything, now and from now on. */
  end(reason: RpcError): void {
    this.#end = reason;
    this.#mqtt = undefined;
    this.#ready = false;
    for (const [id, call] of this.#calls) this.#fail(id, call, reason);
    this.#stopTimer?.();
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

  #giveUp(id: string, call: PendingCall, reason: RpcError): void {
    if (!this.#waiting.has(id)) this.#mqtt?.publish(cancelTopic(id), nothing);
    this.#fail(id, call, reason);
  }

  #forget(id: string, call: PendingCall): void {
    this.#calls.delete(id);
    this.#waiting.delete(id);
    call.signal?.removeEventListener("abort", call.onAbort);
  }

  #arm(deadline: number): void {
    if (deadline >= this.#timerAt) return;
    this.#stopTimer?.();
    this.#timerAt = deadline;
    const wait = Math.min(deadline - this.#options.clock.now(), longestTimer);
    this.#stopTimer = this.#options.clock.after(wait, () => this.#expire());
  }

  #expire(): void {
    const now = this.#options.clock.now();
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
