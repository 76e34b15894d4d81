import type { Codec } from "../codec/codec.js";
import { toNested } from "../error/nested.js";
import type { RpcError } from "../error/rpc-error.js";
import type { Completion, Dispatched } from "./dispatcher.js";
import { StreamReader, type StreamSender } from "./stream-reader.js";

/** Passes a handler's items to a reader in this thread, one when the one before was taken. */
export class LocalStream<Item> implements Completion, StreamSender {
  readonly reader = new StreamReader<Item>(this);
  readonly #codec: Codec<Item>;
  readonly #begin: (stream: LocalStream<Item>) => Dispatched | undefined;
  #call: Dispatched | undefined = undefined;
  /** Lets the handler go on. */
  #resume: (() => void) | undefined = undefined;

  /** @param begin starts the call that this stream completes; undefined where that failed at once */
  constructor(codec: Codec<Item>, begin: (stream: LocalStream<Item>) => Dispatched | undefined) {
    this.#codec = codec;
    this.#begin = begin;
  }

  start(): void {
    this.#call = this.#begin(this);
  }

  cancel(): void {
    this.#call?.cancel();
  }

  onTaken(left: number): void {
    if (left === 0) this.#goOn();
  }

  next(item: unknown, isOwn: boolean): Promise<void> | undefined {
    // The codec checks that it is one, or has done so.
    this.reader.push(isOwn ? (item as Item) : this.#codec.copy(item as Item));
    if (this.reader.size === 0) return undefined;
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }

  succeed(): void {
    this.reader.end();
  }

  fail(error: RpcError): void {
    this.reader.fail(toNested(error));
    // The handler is to see that nobody reads any more.
    this.#goOn();
  }

  #goOn(): void {
    this.#resume?.();
    this.#resume = undefined;
  }
}
