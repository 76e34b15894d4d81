import type { CallOptions } from "../call/caller.js";
import type { FailureContract } from "../contract/failure.js";
import { RpcError } from "../error/rpc-error.js";
import { readErrorReply, replyKind } from "../wire/reply.js";
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
  /** Throws where the result does not fit. */
  readonly succeed: (wire: unknown) => void;
  readonly fail: (error: unknown) => void;
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
      const { route, failures } = method;
      const signal = options?.signal;
      const timeout = options?.timeout ?? method.timeout ?? this.#defaultTimeout;
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
        succeed: (wire) => resolve(method.read(wire)),
        fail: reject,
      };
      this.#calls.set(id, call);
      signal?.addEventListener("abort", call.onAbort);
      this.#arm(call.deadline);
      if (this.#mqtt === undefined) this.#waiting.set(id, payload);
      else send(this.#mqtt, id, route, payload);
    });
  }

  /** Sends what has waited. */
  connected(mqtt: MqttConnection): void {
    this.#mqtt = mqtt;
    for (const [id, payload] of this.#waiting) {
      const call = this.#calls.get(id);
      if (call !== undefined) send(mqtt, id, call.route, payload);
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
    this.#forget(id, call);
    try {
      const reply = unpack(payload);
      const kind: unknown = Array.isArray(reply) ? reply[0] : undefined;
      if (Array.isArray(reply) && kind === replyKind.error) call.fail(readErrorReply(reply, call.failures));
      else if (Array.isArray(reply) && kind === replyKind.result) call.succeed(reply[1]);
      else throw new RpcError("internal", "expected a result or an error");
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const message = `the server's answer does not fit ${call.route}: ${why}`;
      call.fail(new RpcError("internal", message, { cause: error }));
    }
  }

  #failAll(reason: RpcError): void {
    for (const [id, call] of this.#calls) {
      this.#forget(id, call);
      call.fail(reason);
    }
  }

  #giveUp(id: string, call: PendingCall, reason: RpcError): void {
    this.#forget(id, call);
    this.#mqtt?.publish(`cancel/${id}`, nothing);
    call.fail(reason);
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

function send(mqtt: MqttConnection, id: string, route: string, payload: Uint8Array): void {
  mqtt.publish(`rpc/${route}/${id}`, payload);
}

function cancelled(route: string, signal: AbortSignal | undefined): RpcError {
  return new RpcError("cancelled", `${route}: the caller cancelled it`, { cause: signal?.reason });
}

function deadlineExceeded(route: string, timeout: number): RpcError {
  return new RpcError("deadline-exceeded", `${route}: no answer within ${timeout} ms`);
}
