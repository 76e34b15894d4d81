import { type Channel, type ConsumeMessage, IllegalOperationError, type Message } from "amqplib";
import type { Delivery, NodeId } from "../transport/transport.js";
import { Fifo } from "./fifo.js";

const nothing = Buffer.alloc(0);

/** Milliseconds that an acknowledgement may wait for others. */
const patience = 5;

/** That many do not wait any longer. */
const enough = 16;

/**
 * Tells the broker which messages are done with. It needs to know before its prefetch is used up, and no call waits
 * for that: so those of a row of messages travel as one.
 */
export class Acknowledgements {
  readonly #channel: Channel;
  /** All that are not acknowledged, and some that are, in the order in which they came. */
  readonly #received = new Fifo<Receipt>();
  #done: Receipt[] = [];
  readonly #enough: number;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #isClosed = false;

  /** @param prefetch how many messages may be unacknowledged at a time */
  constructor(channel: Channel, prefetch: number) {
    this.#channel = channel;
    this.#enough = Math.min(enough, prefetch / 4);
    channel.on("close", () => {
      this.#isClosed = true;
    });
  }

  /** Notes a message that has come. It is done with when all of its frames are. */
  receive(message: ConsumeMessage, from: NodeId, frames: number): Delivery {
    const receipt = new Receipt(this, message, from, frames);
    this.#received.push(receipt);
    if (frames === 0) this.settle(receipt);
    return receipt;
  }

  settle(receipt: Receipt): void {
    this.#done.push(receipt);
    if (this.#done.length >= this.#enough) this.#immediate ??= setImmediate(() => this.flush());
    else this.#timer ??= setTimeout(() => this.flush(), patience);
  }

  /** Sends what is due at once. */
  flush(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#timer = undefined;
    this.#immediate = undefined;
    const done = this.#done;
    if (done.length === 0) return;
    this.#done = [];
    // The broker gives the messages of a lost channel to somebody, and knows the numbers of this one on no other.
    if (this.#isClosed) return;
    try {
      this.#acknowledgeRow();
      for (const receipt of done) {
        if (!receipt.isAcknowledged) this.#acknowledge(receipt, false);
      }
    } catch (error) {
      if (!(error instanceof IllegalOperationError)) throw error;
      this.#isClosed = true; // It is closing: the event is still to come.
    }
  }

  /** Those before which nothing is left to do. */
  #acknowledgeRow(): void {
    let last: Receipt | undefined;
    for (let next = this.#received.peek(); next?.isDone === true; next = this.#received.peek()) {
      this.#received.shift();
      if (next.isAcknowledged) continue;
      next.isAcknowledged = true;
      last = next;
    }
    if (last !== undefined) this.#acknowledge(last, true);
  }

  #acknowledge(receipt: Receipt, andAllBefore: boolean): void {
    receipt.isAcknowledged = true;
    this.#channel.ack(receipt.message, andAllBefore);
  }
}

class Receipt implements Delivery {
  readonly from: NodeId;
  readonly redelivered: boolean;
  /** Without its content, which nobody needs any more. */
  readonly message: Message;
  isAcknowledged = false;
  readonly #acknowledgements: Acknowledgements;
  #framesLeft: number;

  constructor(acknowledgements: Acknowledgements, message: ConsumeMessage, from: NodeId, frames: number) {
    this.#acknowledgements = acknowledgements;
    this.message = { fields: message.fields, properties: message.properties, content: nothing };
    this.redelivered = message.fields.redelivered;
    this.from = from;
    this.#framesLeft = frames;
  }

  get isDone(): boolean {
    return this.#framesLeft === 0;
  }

  done(): void {
    this.#framesLeft--;
    if (this.#framesLeft === 0) this.#acknowledgements.settle(this);
  }
}
