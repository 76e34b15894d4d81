import type { CallOptions } from "../call/caller.js";
import { toCaller } from "../codec/refusal.js";
import { pack } from "../wire/pack.js";
import type { ConnectionEvents, ConnectionState } from "./connection-events.js";
import type { ClientMethod, ClientPush, Connection, Subscription } from "./link.js";
import { RemoteStream } from "./remote-stream.js";
import type { ReturningConnection } from "./returning-connection.js";

/** A connection as the application has it, or as its `login` has it, whose calls go out before all others. */
export class ConnectionLink implements Connection {
  readonly #connection: ReturningConnection;
  readonly #early: boolean;

  constructor(connection: ReturningConnection, use: "login" | "application") {
    this.#connection = connection;
    this.#early = use === "login";
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  on<Name extends keyof ConnectionEvents>(
    name: Name,
    listener: (change: ConnectionEvents[Name]) => void,
  ): () => void {
    return this.#connection.on(name, listener);
  }

  call<Args extends readonly unknown[], Result>(
    method: ClientMethod<Args, Result>,
    args: Args,
    options: CallOptions | undefined,
  ): Promise<Result> {
    // What is thrown in here rejects the promise.
    return new Promise((resolve, reject) => {
      const payload = packArguments(method, args, this.call);
      const answer = {
        succeed: (wire: unknown) => resolve(method.read(wire)),
        next: undefined,
        fail: reject,
      };
      this.#connection.calls.start({ method, payload, options, answer, early: this.#early });
    });
  }

  stream<Args extends readonly unknown[], Item>(
    method: ClientMethod<Args, Item>,
    args: Args,
    options: CallOptions | undefined,
  ): AsyncIterable<Item> {
    const request = {
      method,
      payload: packArguments(method, args, this.stream),
      options,
      early: this.#early,
    };
    return {
      [Symbol.asyncIterator]: () => new RemoteStream(this.#connection.calls, request).reader,
    };
  }

  send<Args extends readonly unknown[]>(method: ClientMethod<Args, void>, args: Args): void {
    this.#connection.calls.send(method.route, packArguments(method, args, this.send), this.#early);
  }

  subscription<T>(push: ClientPush<T>): Subscription<T> {
    return this.#connection.subscriptions.subscription(push);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}

/** @param below where the stack of a refusal ends: what the stub has called */
function packArguments<Args extends readonly unknown[]>(
  method: ClientMethod<Args, unknown>,
  args: Args,
  below: (...args: never[]) => unknown,
): Uint8Array {
  try {
    return pack(method.write(args));
  } catch (refusal) {
    throw toCaller(refusal, below);
  }
}
