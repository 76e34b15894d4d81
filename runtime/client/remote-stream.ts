import type { CallOptions } from "../call/caller.js";
import { StreamReader, type StreamSender } from "../call/stream-reader.js";
import { RpcError } from "../error/rpc-error.js";
import { pauseTopic, resumeTopic } from "../wire/topic.js";
import type { ClientMethod } from "./link.js";
import type { PendingCalls } from "./pending-calls.js";

// The server is asked to pause when so many items wait to be read, and to go on when so few are left. What
// is under way meanwhile is read as well.
const pauseAt = 64;
const resumeAt = 16;

/** What a stream is asked for with. */
export interface StreamRequest<Item> {
  readonly method: ClientMethod<readonly unknown[], Item>;
  /** The arguments in MessagePack. */
  readonly payload: Uint8Array;
  readonly options: CallOptions | undefined;
  /** Whether it belongs to the login. */
  readonly early: boolean;
}

/** A stream from the server. */
export class RemoteStream<Item> implements StreamSender {
  readonly reader = new StreamReader<Item>(this);
  readonly #calls: PendingCalls;
  readonly #request: StreamRequest<Item>;
  /** undefined while there is no call. */
  #id: string | undefined = undefined;
  #paused = false;

  constructor(calls: PendingCalls, request: StreamRequest<Item>) {
    this.#calls = calls;
    this.#request = request;
  }

  start(): void {
    const { method, payload, options, early } = this.#request;
    const answer = {
      next: (wire: unknown) => this.#take(method.read(wire)),
      succeed: () => this.reader.end(),
      fail: (error: RpcError) => this.reader.fail(error),
    };
    try {
      this.#id = this.#calls.start({ method, payload, options, answer, early });
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      this.reader.fail(error);
    }
  }

  cancel(): void {
    if (this.#id !== undefined) this.#calls.cancel(this.#id);
  }

  onTaken(left: number): void {
    if (!this.#paused || left > resumeAt || this.#id === undefined) return;
    this.#paused = false;
    this.#calls.signal(resumeTopic(this.#id));
  }

  #take(item: Item): void {
    this.reader.push(item);
    if (this.#paused || this.reader.size < pauseAt || this.#id === undefined) return;
    this.#paused = true;
    this.#calls.signal(pauseTopic(this.#id));
  }
}
