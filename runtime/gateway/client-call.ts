import type { Completion, Dispatched } from "../call/dispatcher.js";
import type { MethodRoute } from "../contract/route.js";
import type { RpcError } from "../error/rpc-error.js";
import type { SessionCalls } from "./session-calls.js";

/** A client's call under way. */
export class ClientCall implements Completion {
  readonly route: MethodRoute;
  /** The client's name for it; undefined where the client gets no answer. */
  readonly id: string | undefined;
  readonly isJson: boolean;
  /** Undefined while it is being started. */
  dispatched: Dispatched | undefined = undefined;
  readonly #calls: SessionCalls;

  constructor(calls: SessionCalls, route: MethodRoute, id: string | undefined, isJson: boolean) {
    this.#calls = calls;
    this.route = route;
    this.id = id;
    this.isJson = isJson;
  }

  succeed(result: unknown): void {
    this.#calls.onSucceeded(this, result);
  }

  fail(error: RpcError): void {
    this.#calls.onFailed(this, error);
  }
}
