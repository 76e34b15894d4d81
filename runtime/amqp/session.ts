import type { Delivery, Frame } from "../transport/transport.js";
import type { AmqpSettings } from "./amqp-options.js";
import { BrokerError } from "./broker-error.js";
import type { BrokerUrl } from "./broker-url.js";
import { type Connection, openConnection } from "./connection.js";
import { Inbox } from "./inbox.js";
import type { Names } from "./names.js";
import { createPending } from "./pending.js";
import { Publisher } from "./publisher.js";

/** Hears from a session. */
export interface SessionListener {
  onFrame(frame: Frame, delivery: Delivery): void;
  onSwept(module: string): void;
  onReady(): void;
  onReturned(exchange: string, key: string, body: Buffer): void;
}

/** What a session is opened with. */
export interface SessionOptions {
  readonly url: BrokerUrl;
  readonly settings: AmqpSettings;
  readonly names: Names;
  /** Differs from that of each earlier session of this node. */
  readonly epoch: number;
  readonly listener: SessionListener;
}

/**
 * The time from connecting to the broker to losing it. There are two connections, because the broker holds back one
 * on which too much is published, and what comes in should not wait for that. When one is lost the other is given up.
 */
export interface Session {
  readonly publisher: Publisher;
  readonly inbox: Inbox;
  readonly isOver: boolean;
  /** Resolves with the reason at once when it is over. Never rejects. */
  readonly ended: Promise<Error>;
  /** Ends it because it is of no use. */
  giveUp(reason: Error): void;
  /** Takes leave of the broker, once all that was sent has left. Never rejects. */
  close(): Promise<void>;
}

/**
 * Connects and makes all that every node needs on the broker. Rejects with a {@link BrokerError} where trying again
 * would change nothing.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { url, settings } = options;
  const open = (purpose: string): Promise<Connection> =>
    openConnection({ url, name: `${settings.application} ${settings.node} ${purpose}`, log: settings.log });
  const opened = await Promise.allSettled([open("publishing"), open("consuming")]);
  const connections = opened.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  try {
    const [publishing, consuming] = connections;
    if (publishing === undefined || consuming === undefined) {
      throw opened.find((each) => each.status === "rejected")?.reason;
    }
    return await setUp(publishing, consuming, options);
  } catch (error) {
    await closeAll(connections);
    throw isRefusal(error) ? new BrokerError(`The broker at ${url.shown} refuses: ${error.message}`) : error;
  }
}

async function setUp(
  publishing: Connection,
  consuming: Connection,
  options: SessionOptions,
): Promise<Session> {
  const { settings, names, epoch, listener } = options;
  const connections = [publishing, consuming];
  const broken = createPending<Error>();
  let isOver = false;
  const ended = Promise.race([publishing.ended, consuming.ended, broken.promise]).then((reason) => {
    isOver = true;
    return reason;
  });

  const publisher = await Publisher.open(publishing, {
    onReady: () => listener.onReady(),
    onReturned: (exchange, key, body) => listener.onReturned(exchange, key, body),
    onBroken: (reason) => broken.resolve(new Error(reason)),
  });
  // Neither outlives the broker, as nothing in them does.
  await publisher.channel.assertExchange(names.nodes, "direct", { durable: false });
  await publisher.channel.assertExchange(names.topics, "direct", { durable: false });
  const inbox = await Inbox.open({
    connection: consuming,
    names,
    settings,
    epoch,
    hasSent: () => publisher.hasSent,
    onFrame: (frame, delivery) => listener.onFrame(frame, delivery),
    onSwept: (module) => listener.onSwept(module),
    onBroken: (reason) => broken.resolve(new Error(reason)),
  });
  void ended.then(() => closeAll(connections));

  return {
    publisher,
    inbox,
    get isOver() {
      return isOver;
    },
    ended,
    giveUp: broken.resolve,
    async close() {
      // Channels first: a connection's farewell overtakes what their buffers hold. They may be gone already.
      await Promise.allSettled([publisher.close(names.nodes), inbox.close()]);
      await closeAll(connections);
    },
  };
}

async function closeAll(connections: readonly Connection[]): Promise<void> {
  await Promise.all(connections.map((connection) => connection.close()));
}

/** The user may enter, and not do what is needed. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && "code" in error && error.code === 403;
}
