import type { MethodRoute } from "../contract/route.js";
import { RpcError } from "../error/rpc-error.js";
import type { Session } from "../session/session.js";
import { isCallId } from "../wire/topic.js";
import type { Outcome } from "./call-tally.js";
import { ClientCall } from "./client-call.js";
import type { GatewayContext } from "./gateway-context.js";
import { isMessagePack, type Payload, readArguments } from "./payload.js";
import type { RefusalReason } from "./refusal-reason.js";
import { TokenBucket } from "./token-bucket.js";

/** Where the answers to a session's calls go. */
export interface CallOrigin {
  readonly isOpen: boolean;
  /** Tells of an offence of this client. */
  offend(reason: RefusalReason): void;
  send(packet: Uint8Array): void;
  /** Resolves when what was sent has left, or never will. */
  sent(): Promise<void>;
}

// A stream waits for the network after so many items. Waiting after each would send them one by one.
const itemsAtOnce = 32;

/** Milliseconds after which one of the calls in flight will likely have ended. */
const inFlightHint = 100;

/** Milliseconds, at least, after which those should come again who found the server overloaded. */
const overloadHint = 1_000;

/** The calls of one session: taken here, counted while they run, answered when they end. */
export class SessionCalls {
  readonly #context: GatewayContext;
  readonly #origin: CallOrigin;
  readonly #session: Session;
  readonly #byId = new Map<string, ClientCall>();
  #running = 0;
  readonly #pace: TokenBucket;
  /** Items that were sent of all streams. */
  #items = 0;

  constructor(context: GatewayContext, origin: CallOrigin, session: Session) {
    this.#context = context;
    this.#origin = origin;
    this.#session = session;
    this.#pace = new TokenBucket(context.limits.callsPerSecond, context.limits.callBurst);
  }

  /**
   * Takes a call: dispatches it, refuses it with an answer, or drops it.
   *
   * @param name `<Module>/<method>`
   * @param id the client's name for the call; undefined for one that is never answered
   */
  take(name: string, id: string | undefined, payload: Payload): void {
    if (id !== undefined && (!isCallId(id) || this.#byId.has(id))) {
      this.#context.refusals.count("dropped-call");
      return;
    }
    const isJson = !isMessagePack(payload);
    const now = this.#context.load.now();
    let route: MethodRoute | undefined;
    let args: readonly unknown[];
    try {
      this.#requireRoom(now);
      route = this.#requireRoute(name, id);
      // Who may call comes before what is said: a stranger learns nothing of the arguments.
      this.#requireAccess(route);
      args = readArguments(route, payload);
    } catch (error) {
      this.#refuse(route, id, isJson, error);
      return;
    }
    this.#start(new ClientCall(this, { route, id, isJson, began: now }), args);
  }

  cancel(id: string): void {
    this.#byId.get(id)?.dispatched?.cancel();
  }

  pause(id: string): void {
    this.#byId.get(id)?.pause();
  }

  resume(id: string): void {
    this.#byId.get(id)?.resume();
  }

  /** Nobody waits for the answers any more. */
  cancelAll(): void {
    const calls = [...this.#byId.values()];
    this.#byId.clear();
    for (const call of calls) call.dispatched?.cancel();
  }

  onItem(call: ClientCall, item: unknown): Promise<void> | undefined {
    const id = this.#awaitedId(call);
    if (id === undefined) return undefined;
    this.#origin.send(this.#context.replies.item(id, call.route, call.isJson, item));
    return ++this.#items % itemsAtOnce === 0 ? this.#origin.sent() : undefined;
  }

  onSucceeded(call: ClientCall, result: unknown): void {
    const id = this.#awaitedId(call);
    // The call is not over if this throws.
    if (id !== undefined) this.#answer(id, this.#encodeEnd(id, call, result));
    this.#ended(call, "ok");
  }

  #encodeEnd(id: string, { route, isJson }: ClientCall, result: unknown): Buffer {
    const { replies } = this.#context;
    return route.method.kind === "stream"
      ? replies.done(id, isJson)
      : replies.result(id, route, isJson, result);
  }

  onFailed(call: ClientCall, error: RpcError): void {
    this.#ended(call, error.code);
    call.resume();
    const id = this.#awaitedId(call);
    if (id === undefined) this.#logUnheard(call.route, error);
    else this.#answer(id, this.#context.replies.error(id, call.route, call.isJson, error));
  }

  #ended({ route, began }: ClientCall, outcome: Outcome): void {
    const { load, tally } = this.#context;
    this.#running--;
    load.running--;
    tally.ended(route, outcome, load.now() - began);
  }

  #start(call: ClientCall, args: readonly unknown[]): void {
    const { method } = call.route;
    this.#running++;
    this.#context.load.running++;
    if (call.id !== undefined) this.#byId.set(call.id, call);
    call.dispatched = this.#context.dispatcher.dispatch(
      { method, session: this.#session, args, timeout: undefined },
      call,
    );
    if (method.kind === "oneway" && call.id !== undefined) {
      this.#answer(call.id, this.#context.replies.result(call.id, call.route, call.isJson, undefined));
    }
    // The handler may have closed the session before there was anything to cancel.
    if (!this.#origin.isOpen) call.dispatched.cancel();
  }

  /** The id of a call whose answer somebody waits for. */
  #awaitedId(call: ClientCall): string | undefined {
    return call.id !== undefined && this.#byId.get(call.id) === call ? call.id : undefined;
  }

  #answer(id: string, packet: Buffer): void {
    this.#byId.delete(id);
    this.#origin.send(packet);
  }

  #requireRoom(now: number): void {
    const { limits, load } = this.#context;
    const wait = this.#pace.take(now);
    if (wait > 0) throw this.#exhausted("calls-per-second", "Too many calls in a second", wait);
    if (this.#running >= limits.callsInFlight) {
      throw this.#exhausted("calls-in-flight", "Too many calls at a time", inFlightHint);
    }
    if (load.running >= limits.callsInAll || load.turnMs > limits.busyMs) {
      // Spread out, or all would be back at the same moment.
      const hint = Math.round(overloadHint * (1 + Math.random()));
      throw this.#exhausted("overload", "The server has too many calls", hint);
    }
  }

  #exhausted(reason: RefusalReason, message: string, retryAfterMs: number): RpcError {
    this.#origin.offend(reason);
    return new RpcError("resource-exhausted", message, { details: { retryAfterMs } });
  }

  #requireRoute(name: string, id: string | undefined): MethodRoute {
    const route = this.#context.routes.methods.get(name);
    if (route === undefined) {
      throw new RpcError("not-found", `There is no method ${name.replace("/", ".")} for clients`);
    }
    if (route.method.kind === "stream" && id === undefined) {
      throw new RpcError("unimplemented", "Nobody would hear a stream that was called without an id");
    }
    return route;
  }

  #requireAccess({ method }: MethodRoute): void {
    if (method.access === "user" && this.#session.userId === undefined) {
      throw new RpcError(
        "unauthenticated",
        `${method.module}.${method.name} needs a session bound to a user`,
      );
    }
  }

  #refuse(route: MethodRoute | undefined, id: string | undefined, isJson: boolean, cause: unknown): void {
    const error = this.#asRpcError(cause);
    this.#context.tally.refused(route, error.code);
    if (id !== undefined) {
      this.#origin.send(this.#context.replies.error(id, route, isJson, error));
      return;
    }
    this.#context.refusals.count("dropped-call");
    this.#logUnheard(route, error);
  }

  #asRpcError(error: unknown): RpcError {
    if (error instanceof RpcError) return error;
    this.#context.log.error({ err: error }, "Arguments could not be read");
    return new RpcError("internal", "The arguments could not be read");
  }

  #logUnheard(route: MethodRoute | undefined, error: RpcError): void {
    const method = route && `${route.method.module}.${route.method.name}`;
    this.#context.log.debug({ err: error, method, session: this.#session.id }, "A call failed unheard");
  }
}
