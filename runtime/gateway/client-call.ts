import type { Completion, Dispatched } from "../call/dispatcher.js";
import type { MethodRoute } from "../contract/route.js";
import type { RpcError } from "../error/rpc-error.js";
import type { SessionCalls } from "./session-calls.js";

/** What a client asks for. */
export interface CallRequest {
  readonly route: MethodRoute;
  /** The client's name for it; undefined where the client gets no answer. */
  readonly id: string | undefined;
  readonly isJson: boolean;
  /** When it came, by the clock of the load. */
  readonly began: number;
}

/** A client's call under way. */
export class ClientCall implements Completion, CallRequest {
  readonly route: MethodRoute;
  readonly id: string | undefined;
  readonly isJson: boolean;
  readonly began: number;
  /** Undefined while it is being started. */
  dispatched: Dispatched | undefined = undefined;
  readonly #calls: SessionCalls;
  #held: Promise<void> | undefined = undefined;
  #goOn: (() => void) | undefined = undefined;

  constructor(calls: SessionCalls, { route, id, isJson, began }: CallRequest) {
    this.#calls = calls;
    this.route = route;
    this.id = id;
    this.isJson = isJson;
    this.began = began;
  }

  /** Holds a stream until `resume`. */
  pause(): void {
    if (this.#goOn !== undefined) return;
    this.#held = new Promise((resolve) => {
      this.#goOn = resolve;
    });
  }

  /** Lets a stream flow again, or see that nobody reads it any more. */
  resume(): void {
    this.#goOn?.();
    this.#goOn = undefined;
    this.#held = undefined;
  }

  next(item: unknown): Promise<void> | undefined {
    const sent = this.#calls.onItem(this, item);
    return this.#held ?? sent;
  }

  succeed(result: unknown): void {
    this.#calls.onSucceeded(this, result);
  }

  fail(error: RpcError): void {
    this.#calls.onFailed(this, error);
  }
}
