import type { Channel, ConsumeMessage, Options } from "amqplib";
import type { Delivery, Frame } from "../transport/transport.js";
import { Acknowledgements } from "./acknowledgements.js";
import type { AmqpLog } from "./amqp-options.js";
import type { Connection } from "./connection.js";
import { readBody } from "./message.js";

/** A queue and who takes its messages. */
export interface QueueConsumerOptions {
  readonly queue: string;
  readonly declaration: Options.AssertQueue;
  /** Messages that may be unacknowledged at a time. */
  readonly prefetch: number;
  readonly log: AmqpLog;
  /** Whether answers that were sent have left the process: messages are acknowledged after that. */
  hasSent(): boolean;
  onFrame(frame: Frame, delivery: Delivery): void;
  /**
   * No more comes, without having been asked for: the queue was deleted, or the broker closed the channel. Called
   * once, and not when the connection is lost.
   */
  onEnded(): void;
}

/** Takes the messages of one queue, over a channel of its own: an error on it does not concern other queues. */
export class QueueConsumer {
  readonly channel: Channel;
  readonly #options: QueueConsumerOptions;
  readonly #acknowledgements: Acknowledgements;
  #tag = "";
  #isEnded = false;

  /** Makes the queue and begins to take messages. */
  static async open({ model, ended }: Connection, options: QueueConsumerOptions): Promise<QueueConsumer> {
    const consumer = new QueueConsumer(await model.createChannel(), options);
    void ended.then(() => {
      consumer.#isEnded = true;
    });
    await consumer.#start();
    return consumer;
  }

  private constructor(channel: Channel, options: QueueConsumerOptions) {
    this.channel = channel;
    this.#options = options;
    this.#acknowledgements = new Acknowledgements(channel, options.prefetch, options.hasSent);
    const { log, queue } = options;
    channel.on("error", (error) =>
      log.warn(`The channel of the queue ${queue} was closed: ${error.message}`),
    );
    channel.on("handler-error", (error) =>
      log.error(`A frame from ${queue} could not be handled: ${error.stack}`),
    );
    // When the connection is lost its channels tell first, and for them it is no event of their own.
    channel.on("close", () => setImmediate(() => this.#end()));
  }

  /** Takes no more messages. What has come by then is still handled and acknowledged. */
  async cancel(): Promise<void> {
    this.#isEnded = true;
    await this.channel.cancel(this.#tag);
  }

  /** Acknowledges what is done; what is not goes to somebody else. */
  async close(): Promise<void> {
    this.#isEnded = true;
    this.#acknowledgements.flush();
    await this.channel.close();
  }

  async #start(): Promise<void> {
    const { queue, declaration, prefetch } = this.#options;
    await this.channel.prefetch(prefetch);
    await this.channel.assertQueue(queue, declaration);
    const { consumerTag } = await this.channel.consume(queue, (message) => this.#receive(message));
    this.#tag = consumerTag;
  }

  #receive(message: ConsumeMessage | null): void {
    if (message === null) {
      this.#end();
      // Nobody asks any more what came of its messages. It rejects when the channel is closed already.
      this.channel.close().catch(() => {});
      return;
    }
    const content = readBody(message.content);
    if (content === undefined) {
      this.#options.log.warn(
        `A message in ${this.#options.queue} is none of this application's: it is dropped`,
      );
    }
    const frames = content?.frames ?? [];
    const delivery = this.#acknowledgements.receive(message, content?.from ?? "", frames.length);
    for (const frame of frames) this.#options.onFrame(frame, delivery);
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#options.onEnded();
  }
}
