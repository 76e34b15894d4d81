import type { MethodRoute } from "../contract/route.js";
import { RpcError } from "../error/rpc-error.js";
import type { Session } from "../session/session.js";
import { isCallId } from "../wire/topic.js";
import { ClientCall } from "./client-call.js";
import type { GatewayContext } from "./gateway-context.js";
import { isMessagePack, type Payload, readArguments } from "./payload.js";

/** Where the answers to a session's calls go. */
export interface CallOrigin {
  readonly isOpen: boolean;
  send(packet: Uint8Array): void;
  /** Resolves when what was sent has left, or never will. */
  sent(): Promise<void>;
}

// A stream waits for the network after so many items. Waiting after each would send them one by one.
const itemsAtOnce = 32;

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
  /** Items that were sent of all streams. */
  #items = 0;

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
  take(name: string, id: string | undefined, payload: Payload): void {
    if (id !== undefined && (!isCallId(id) || this.#byId.has(id))) {
      this.#context.counters.droppedCalls++;
      return;
    }
    const isJson = !isMessagePack(payload);
    let route: MethodRoute | undefined;
    let args: readonly unknown[];
    try {
      this.#requireRoom();
      route = this.#requireRoute(name, id);
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
    this.#running--;
  }

  #encodeEnd(id: string, { route, isJson }: ClientCall, result: unknown): Buffer {
    const { replies } = this.#context;
    return route.method.kind === "stream"
      ? replies.done(id, isJson)
      : replies.result(id, route, isJson, result);
  }

  onFailed(call: ClientCall, error: RpcError): void {
    this.#running--;
    call.resume();
    const id = this.#awaitedId(call);
    if (id === undefined) this.#logUnheard(call.route, error);
    else this.#answer(id, this.#context.replies.error(id, call.route, call.isJson, error));
  }

  #start(call: ClientCall, args: readonly unknown[]): void {
    const { method } = call.route;
    this.#running++;
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

  #requireRoom(): void {
    const { limits, clock } = this.#context;
    if (this.#second !== clock.seconds) {
      this.#second = clock.seconds;
      this.#inSecond = 0;
    }
    if (++this.#inSecond > limits.callsPerSecond) throw exhausted("calls in a second", 1_000);
    if (this.#running >= limits.callsInFlight) throw exhausted("calls at a time", 100);
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
    if (id !== undefined) {
      this.#origin.send(this.#context.replies.error(id, route, isJson, error));
      return;
    }
    this.#context.counters.droppedCalls++;
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

function exhausted(what: string, retryAfterMs: number): RpcError {
  return new RpcError("resource-exhausted", `Too many ${what}`, { details: { retryAfterMs } });
}
