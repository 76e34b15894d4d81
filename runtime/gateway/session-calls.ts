import type { MethodRoute } from "../contract/route.js";
import { RpcError } from "../error/rpc-error.js";
import type { Session } from "../session/session.js";
import { isCallId } from "../wire/topic.js";
import { ClientCall } from "./client-call.js";
import type { GatewayContext } from "./gateway-context.js";
import { isMessagePack, readArguments } from "./payload.js";

/** Where the answers to a session's calls go. */
export interface CallOrigin {
  readonly isOpen: boolean;
  send(packet: Uint8Array): void;
}

/** The calls of one session: taken here, counted while they run, answered when they end. */
export class SessionCalls {
  readonly #context: GatewayContext;
  readonly #origin: CallOrigin;
  readonly #session: Session;
  readonly #byId = new Map<string, ClientCall>();
  #running = 0;
  /** The second of the last call, and how many came in it. */
  #second = 0;
  #inSecond = 0;

  constructor(context: GatewayContext, origin: CallOrigin, session: Session) {
    this.#context = context;
    this.#origin = origin;
    this.#session = session;
  }

  /**
   * Takes a call: dispatches it, refuses it with an answer, or drops it.
   *
   * @param name `<Module>/<method>`
   * @param id the client's name for the call; undefined for one that is never answered
   */
  take(name: string, id: string | undefined, payload: Buffer): void {
    if (id !== undefined && (!isCallId(id) || this.#byId.has(id))) {
      this.#context.counters.droppedCalls++;
      return;
    }
    const isJson = !isMessagePack(payload);
    let route: MethodRoute | undefined;
    let args: readonly unknown[];
    try {
      this.#requireRoom();
      route = this.#requireRoute(name);
      // Who may call comes before what is said: a stranger learns nothing of the arguments.
      this.#requireAccess(route);
      args = readArguments(route, payload);
    } catch (error) {
      this.#refuse(route, id, isJson, error);
      return;
    }
    this.#start(new ClientCall(this, route, id, isJson), args);
  }

  cancel(id: string): void {
    this.#byId.get(id)?.dispatched?.cancel();
  }

  /** Nobody waits for the answers any more. */
  cancelAll(): void {
    const calls = [...this.#byId.values()];
    this.#byId.clear();
    for (const call of calls) call.dispatched?.cancel();
  }

  onSucceeded(call: ClientCall, result: unknown): void {
    this.#running--;
    const id = this.#finish(call);
    if (id !== undefined) this.#origin.send(this.#context.replies.result(id, call, result));
  }

  onFailed(call: ClientCall, error: RpcError): void {
    this.#running--;
    const id = this.#finish(call);
    if (id !== undefined) this.#origin.send(this.#context.replies.error(id, call, error));
    else this.#logUnheard(call.route, error);
  }

  #start(call: ClientCall, args: readonly unknown[]): void {
    const { method } = call.route;
    this.#running++;
    if (call.id !== undefined) this.#byId.set(call.id, call);
    call.dispatched = this.#context.dispatcher.dispatch(
      { method, session: this.#session, args, timeout: undefined },
      call,
    );
    if (method.kind === "oneway") {
      const id = this.#finish(call);
      if (id !== undefined) this.#origin.send(this.#context.replies.result(id, call, undefined));
    }
    // The handler may have closed the session before there was anything to cancel.
    if (!this.#origin.isOpen) call.dispatched.cancel();
  }

  /** Frees the call's id, and returns it if an answer is still wanted. */
  #finish(call: ClientCall): string | undefined {
    const { id } = call;
    if (id === undefined || this.#byId.get(id) !== call) return undefined;
    this.#byId.delete(id);
    return this.#origin.isOpen ? id : undefined;
  }

  #requireRoom(): void {
    const { limits, clock, isStopping } = this.#context;
    if (isStopping) throw new RpcError("unavailable", "the server is stopping");
    if (this.#second !== clock.seconds) {
      this.#second = clock.seconds;
      this.#inSecond = 0;
    }
    if (++this.#inSecond > limits.callsPerSecond) throw exhausted("calls in a second", 1_000);
    if (this.#running >= limits.callsInFlight) throw exhausted("calls at a time", 100);
  }

  #requireRoute(name: string): MethodRoute {
    const route = this.#context.routes.methods.get(name);
    if (route === undefined) {
      throw new RpcError("not-found", `there is no method ${name.replace("/", ".")} for clients`);
    }
    if (route.method.kind === "stream") throw new RpcError("unimplemented", "streams are not served yet");
    return route;
  }

  #requireAccess(route: MethodRoute): void {
    if (route.method.access === "user" && this.#session.userId === undefined) {
      throw new RpcError("unauthenticated", "only a session that is bound to a user may call this");
    }
  }

  #refuse(route: MethodRoute | undefined, id: string | undefined, isJson: boolean, cause: unknown): void {
    const error = this.#asRpcError(cause);
    if (id !== undefined) {
      this.#origin.send(this.#context.replies.error(id, { route, isJson }, error));
      return;
    }
    this.#context.counters.droppedCalls++;
    this.#logUnheard(route, error);
  }

  #asRpcError(error: unknown): RpcError {
    if (error instanceof RpcError) return error;
    this.#context.log.error({ err: error }, "arguments could not be read");
    return new RpcError("internal", "the arguments could not be read");
  }

  #logUnheard(route: MethodRoute | undefined, error: RpcError): void {
    const method = route && `${route.method.module}.${route.method.name}`;
    this.#context.log.debug({ err: error, method, session: this.#session.id }, "a call failed unheard");
  }
}

function exhausted(what: string, retryAfterMs: number): RpcError {
  return new RpcError("resource-exhausted", `too many ${what}`, { details: { retryAfterMs } });
}
