import type { CallOptions } from "../call/caller.js";
import type { ConnectionEvents, ConnectionState } from "../client/connection-events.js";
import type { ClientMethod, ClientPush, Connection, Subscription } from "../client/link.js";
import type { Outcomes, Tally } from "./tally.js";

/** A connection whose calls and pushes are counted. */
export class MeasuredConnection implements Connection {
  readonly #connection: Connection;
  readonly #tally: Tally;

  constructor(connection: Connection, tally: Tally) {
    this.#connection = connection;
    this.#tally = tally;
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

  async call<Args extends readonly unknown[], Result>(
    method: ClientMethod<Args, Result>,
    args: Args,
    options: CallOptions | undefined,
  ): Promise<Result> {
    const outcomes = this.#tally.callsOf(nameOf(method));
    const start = performance.now();
    try {
      const result = await this.#connection.call(method, args, options);
      if (!this.#tally.isClosed) outcomes.succeed(performance.now() - start);
      return result;
    } catch (error) {
      this.#failed(outcomes, error, start);
      throw error;
    }
  }

  /** A stream counts as a call that is answered by its first item. */
  async *stream<Args extends readonly unknown[], Item>(
    method: ClientMethod<Args, Item>,
    args: Args,
    options: CallOptions | undefined,
  ): AsyncGenerator<Item, void, undefined> {
    const outcomes = this.#tally.callsOf(nameOf(method));
    const start = performance.now();
    let isFirst = true;
    try {
      for await (const item of this.#connection.stream(method, args, options)) {
        if (isFirst && !this.#tally.isClosed) outcomes.succeed(performance.now() - start);
        isFirst = false;
        yield item;
      }
      if (isFirst && !this.#tally.isClosed) outcomes.succeed(performance.now() - start);
    } catch (error) {
      this.#failed(outcomes, error, start);
      throw error;
    }
  }

  send<Args extends readonly unknown[]>(method: ClientMethod<Args, void>, args: Args): void {
    this.#tally.countSent(nameOf(method));
    this.#connection.send(method, args);
  }

  subscription<T>(push: ClientPush<T>): Subscription<T> {
    const own = this.#connection.subscription(push);
    const name = nameOf(push);
    return {
      on: (listener) =>
        own.on((value) => {
          this.#tally.countPush(name);
          listener(value);
        }),
    };
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #failed(outcomes: Outcomes, error: unknown, start: number): void {
    if (!this.#tally.isClosed) outcomes.fail(error, performance.now() - start);
  }
}

/** `Chat.say`, as it stands in the code. */
function nameOf({ route }: { readonly route: string }): string {
  return route.replace("/", ".");
}
