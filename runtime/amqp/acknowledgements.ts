import { type Channel, type ConsumeMessage, IllegalOperationError, type Message } from "amqplib";
import type { Delivery, NodeId } from "../transport/transport.js";
import { Fifo } from "./fifo.js";

const nothing = Buffer.alloc(0);

/** Milliseconds that an acknowledgement may wait for others. Measured: with 5, lone calls take a sixth more CPU. */
const patience = 25;

/**
 * Milliseconds that one may wait for answers to leave. A broker that is short of memory takes none, and gets its memory
 * back by acknowledgements; most callers have given up by then.
 */
const longestWait = 10_000;

/** That many do not wait any longer. */
const enough = 16;

/**
 * Tells the broker which messages are done with. It needs to know before its prefetch is used up, and no call waits
 * for that: so those of a row of messages travel as one.
 *
 * A message goes after the answers to it have left the process. If it was killed in between, nobody would answer: the
 * answers are gone with it, and the broker would not hand the message to another.
 */
export class Acknowledgements {
  readonly #channel: Channel;
  readonly #hasSent: () => boolean;
  /** All that are not acknowledged, and some that are, in the order in which they came. */
  readonly #received = new Fifo<Receipt>();
  #done: Receipt[] = [];
  /** Those whose answers are on their way out, and until when they wait for that. */
  #due: Receipt[] = [];
  #dueUntil = 0;
  readonly #enough: number;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /**
   * @param prefetch how many messages may be unacknowledged at a time
   * @param hasSent whether all that was sent two turns of the event loop ago, or earlier, has left the process
   */
  constructor(channel: Channel, prefetch: number, hasSent: () => boolean) {
    this.#channel = channel;
    this.#enough = Math.min(enough, prefetch / 4);
    this.#hasSent = hasSent;
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
    this.#proceed();
  }

  /** Sends all that is done with, whether or not the answers have left. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#makeDue();
    this.#acknowledgeDue();
  }

  #proceed(): void {
    if (this.#due.length > 0 || this.#done.length === 0) return;
    if (this.#done.length >= this.#enough) this.#begin();
    else this.#timer ??= setTimeout(() => this.#begin(), patience);
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#makeDue();
    this.#dueUntil = performance.now() + longestWait;
    // In the first turn the outbox hands them to amqplib, in the second that hands them to the socket.
    setImmediate(() => setImmediate(() => this.#end()));
  }

  #end(): void {
    this.#timer = undefined;
    if (this.#isClosed || this.#hasSent() || performance.now() > this.#dueUntil) {
      this.#acknowledgeDue();
      this.#proceed();
    } else {
      this.#timer = setTimeout(() => this.#end(), patience);
    }
  }

  #makeDue(): void {
    for (const receipt of this.#done) receipt.isDue = true;
    this.#due = this.#due.length === 0 ? this.#done : this.#due.concat(this.#done);
    this.#done = [];
  }

  #acknowledgeDue(): void {
    const due = this.#due;
    this.#due = [];
    // The broker gives the messages of a lost channel to somebody, and knows the numbers of this one on no other.
    if (due.length === 0 || this.#isClosed) return;
    try {
      this.#acknowledgeRow();
      for (const receipt of due) {
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
    for (let next = this.#received.peek(); next?.isDue === true; next = this.#received.peek()) {
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
  /** Whether it is done with, and its answers had time to leave. */
  isDue = false;
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

  done(): void {
    this.#framesLeft--;
    if (this.#framesLeft === 0) this.#acknowledgements.settle(this);
  }
}
