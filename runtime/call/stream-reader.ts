import type { RpcError } from "../error/rpc-error.js";

/** Who sends a stream, as its reader sees it. */
export interface StreamSender {
  /** Begins. Comes with the first wish for an item, so that a stream nobody reads costs nothing. */
  start(): void;
  /** The reader wants no more. Does not come after the stream's end. */
  cancel(): void;
  /** An item was taken, and so many are left. */
  onTaken(left: number): void;
}

interface Waiting<Item> {
  resolve(step: IteratorResult<Item, undefined>): void;
  reject(error: RpcError): void;
}

/** A stream as it is read by `for await`: items that came and wait, or readers that wait for items. */
export class StreamReader<Item> implements AsyncIterator<Item, undefined> {
  readonly #sender: StreamSender;
  #started = false;
  #items: Item[] = [];
  #waiting: Waiting<Item>[] = [];
  #over = false;
  #error: RpcError | undefined = undefined;

  constructor(sender: StreamSender) {
    this.#sender = sender;
  }

  /** How many items wait to be read. */
  get size(): number {
    return this.#items.length;
  }

  /** Takes an item from the sender. */
  push(item: Item): void {
    if (this.#over) return;
    const waiting = this.#waiting.shift();
    if (waiting === undefined) {
      this.#items.push(item);
      return;
    }
    waiting.resolve({ done: false, value: item });
    this.#sender.onTaken(0);
  }

  /** No more items come; those that wait can still be read. */
  end(): void {
    this.#over = true;
    for (const { resolve } of this.#waiting.splice(0)) resolve({ done: true, value: undefined });
  }

  /** The stream broke; what waits can still be read, and then comes the error. */
  fail(error: RpcError): void {
    if (this.#over) return;
    this.#over = true;
    const [first, ...rest] = this.#waiting.splice(0);
    if (first === undefined) this.#error = error;
    else first.reject(error);
    for (const { resolve } of rest) resolve({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    if (!this.#started) {
      this.#started = true;
      this.#sender.start();
    }
    if (this.#items.length > 0) {
      const value = this.#items.shift() as Item; // It has one, as the condition says.
      this.#sender.onTaken(this.#items.length);
      return Promise.resolve({ done: false, value });
    }
    if (this.#error !== undefined) {
      const error = this.#error;
      this.#error = undefined;
      return Promise.reject(error);
    }
    if (this.#over) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** What `break` calls. */
  return(): Promise<IteratorResult<Item, undefined>> {
    this.#items = [];
    if (!this.#over) {
      this.end();
      if (this.#started) this.#sender.cancel();
      this.#started = true;
    }
    return Promise.resolve({ done: true, value: undefined });
  }
}
