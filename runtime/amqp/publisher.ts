import { type Channel, IllegalOperationError, type Message as Returned } from "amqplib";
import type { Connection } from "./connection.js";
import type { Message } from "./message.js";

/** Hears from a publisher. */
export interface PublisherListener {
  /** The broker takes messages again. */
  onReady(): void;
  /** Nobody takes the message. */
  onReturned(exchange: string, key: string, body: Buffer): void;
  /** The broker has closed the channel. */
  onBroken(reason: string): void;
}

/** What amqplib holds in each of its two buffers, in chunks of at most 128 KiB, before it asks to wait. */
const chunksHeld = 64;

/** Milliseconds: the broker knows no longer time. */
const longestLifetime = 2 ** 31;

/** Hands messages to the broker, over one channel. */
export class Publisher {
  readonly #connection: Connection;
  readonly #channel: Channel;
  #hasRoom = true;
  #isBlocked = false;

  /** Opens a channel on a connection. */
  static async open(connection: Connection, listener: PublisherListener): Promise<Publisher> {
    const { model } = connection;
    const channel = await model.createChannel({ highWaterMark: chunksHeld });
    const publisher = new Publisher(connection, channel);
    const setReady = (hasRoom: boolean, isBlocked: boolean): void => {
      publisher.#hasRoom = hasRoom;
      publisher.#isBlocked = isBlocked;
      if (publisher.isReady) listener.onReady();
    };
    channel.on("drain", () => setReady(true, publisher.#isBlocked));
    model.on("blocked", () => setReady(publisher.#hasRoom, true));
    model.on("unblocked", () => setReady(publisher.#hasRoom, false));
    channel.on("return", ({ fields, content }: Returned) =>
      listener.onReturned(fields.exchange, fields.routingKey, content),
    );
    channel.on("error", (error) => listener.onBroken(error.message));
    return publisher;
  }

  private constructor(connection: Connection, channel: Channel) {
    this.#connection = connection;
    this.#channel = channel;
  }

  /** For declarations. */
  get channel(): Channel {
    return this.#channel;
  }

  /** Whether the broker takes no messages, for want of memory or of room on its disk. */
  get isBlocked(): boolean {
    return this.#isBlocked;
  }

  /** Whether the broker keeps up. */
  get isReady(): boolean {
    return this.#hasRoom && !this.#isBlocked;
  }

  /** Whether nothing waits in this process but what was published in this turn of the event loop and the last. */
  get hasSent(): boolean {
    // What waits in amqplib waits because the socket does.
    return this.isReady && this.#connection.unsentBytes === 0;
  }

  /** Sends a message. After the connection has ended it goes nowhere, like others that were on their way. */
  publish({ route, body, expiresAt }: Message, now: number): void {
    const lifetime = Math.max(1, Math.ceil(expiresAt - now));
    try {
      this.#hasRoom = this.#channel.publish(route.exchange, route.key, body, {
        mandatory: route.mandatory,
        ...(lifetime < longestLifetime && { expiration: lifetime }),
      });
      this.#connection.gather();
    } catch (error) {
      if (!(error instanceof IllegalOperationError)) throw error;
      this.#hasRoom = false;
    }
  }

  /** Resolves when the broker has seen all that was published, and what nobody takes has come back. */
  async settle(exchange: string): Promise<void> {
    await this.#channel.checkExchange(exchange);
  }

  /** Sends what still waits in buffers, and goes. */
  async close(exchange: string): Promise<void> {
    await this.settle(exchange);
    await this.#channel.close();
  }
}
