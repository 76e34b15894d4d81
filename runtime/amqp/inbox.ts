import { setTimeout as sleep } from "node:timers/promises";
import type { Options } from "amqplib";
import type { Delivery, Frame } from "../transport/transport.js";
import type { AmqpSettings } from "./amqp-options.js";
import type { Connection } from "./connection.js";
import type { Names } from "./names.js";
import { QueueConsumer } from "./queue-consumer.js";

/** What an inbox is for. */
export interface InboxOptions {
  readonly connection: Connection;
  readonly names: Names;
  readonly settings: AmqpSettings;
  /** Differs from that of each earlier inbox of this node. */
  readonly epoch: number;
  /** Whether what was sent has left the process. */
  hasSent(): boolean;
  onFrame(frame: Frame, delivery: Delivery): void;
  /** The queue of a module was gone, and with it whatever was in it. By now it is made again. */
  onSwept(module: string): void;
  /** The node's own queue is gone, and with it whatever was in it. */
  onBroken(reason: string): void;
}

// Gone with the node, or with the last node that takes calls to a module: a message to nobody then comes back at once.
const forThisNode: Options.AssertQueue = { exclusive: true, autoDelete: true, durable: false };
const forManyNodes: Options.AssertQueue = { autoDelete: true, durable: false };

/** How often making a module's queue is tried. It may vanish in between, when another node leaves it. */
const attempts = 5;

/** All that comes in over one connection. */
export class Inbox {
  readonly #options: InboxOptions;
  readonly #own: QueueConsumer;
  readonly #queue: string;
  readonly #modules = new Map<string, Promise<QueueConsumer>>();

  /** Makes the node's own queue and begins to take from it. */
  static async open(options: InboxOptions): Promise<Inbox> {
    const { connection, names, settings, epoch } = options;
    const queue = names.nodeQueue(epoch);
    const own = await QueueConsumer.open(connection, {
      queue,
      declaration: forThisNode,
      prefetch: settings.prefetch,
      log: settings.log,
      hasSent: options.hasSent,
      onFrame: options.onFrame,
      onEnded: () => options.onBroken(`the queue ${queue} is gone`),
    });
    await own.channel.bindQueue(queue, names.nodes, settings.node);
    return new Inbox(options, own, queue);
  }

  private constructor(options: InboxOptions, own: QueueConsumer, queue: string) {
    this.#options = options;
    this.#own = own;
    this.#queue = queue;
  }

  /** Takes calls to a module, if it does not already. */
  async serve(module: string): Promise<void> {
    let consumer = this.#modules.get(module);
    if (consumer === undefined) {
      consumer = this.#consume(module);
      this.#modules.set(module, consumer);
    }
    await consumer;
  }

  async retire(module: string): Promise<void> {
    const consumer = this.#modules.get(module);
    this.#modules.delete(module);
    await (await consumer)?.cancel();
  }

  async bind(topic: string): Promise<void> {
    const { topics, topicKey } = this.#options.names;
    await this.#own.channel.bindQueue(this.#queue, topics, topicKey(topic));
  }

  async unbind(topic: string): Promise<void> {
    const { topics, topicKey } = this.#options.names;
    await this.#own.channel.unbindQueue(this.#queue, topics, topicKey(topic));
  }

  /** Takes no more, and acknowledges what is done. */
  async close(): Promise<void> {
    const consumers = [this.#own, ...(await Promise.all(this.#modules.values()))];
    await Promise.all(
      consumers.map(async (consumer) => {
        await consumer.cancel();
        await consumer.close();
      }),
    );
  }

  async #consume(module: string): Promise<QueueConsumer> {
    for (let failures = 1; ; failures++) {
      try {
        return await this.#tryToConsume(module);
      } catch (error) {
        if (failures === attempts || !isNotFound(error)) throw error;
        await sleep(20 * failures);
      }
    }
  }

  #tryToConsume(module: string): Promise<QueueConsumer> {
    const { connection, names, settings, hasSent, onFrame } = this.#options;
    return QueueConsumer.open(connection, {
      queue: names.moduleQueue(module),
      declaration: forManyNodes,
      prefetch: settings.prefetch,
      log: settings.log,
      hasSent,
      onFrame,
      onEnded: () => this.#resume(module),
    });
  }

  /** Somebody has deleted the queue: it is made again. */
  #resume(module: string): void {
    if (!this.#modules.delete(module)) return;
    const { settings, onSwept, onBroken } = this.#options;
    settings.log.warn(`The queue of the module ${module} was deleted, and is made again`);
    this.serve(module).then(
      () => onSwept(module),
      (error: Error) => onBroken(`the queue of the module ${module} cannot be made: ${error.message}`),
    );
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === 404;
}
