import { Socket } from "node:net";
import { type ChannelModel, connect } from "amqplib";
import type { AmqpLog } from "./amqp-options.js";
import { BrokerError } from "./broker-error.js";
import type { BrokerUrl } from "./broker-url.js";

/** A connection to the broker. */
export interface Connection {
  readonly model: ChannelModel;
  /** Resolves with the reason when it is no more, whoever ended it. Never rejects. */
  readonly ended: Promise<Error>;
  /** Bytes that the system has not taken yet. */
  readonly unsentBytes: number;
  /** Lets what was handed to amqplib in this tick, and what still will be, leave in one write. */
  gather(): void;
  /** Takes leave of the broker, for as long as that takes but not for ever, and goes. Never rejects. */
  close(): Promise<void>;
}

/** How a connection is opened. */
export interface ConnectionOptions {
  readonly url: BrokerUrl;
  /** What the broker lists it as. */
  readonly name: string;
  readonly log: AmqpLog;
}

/** Milliseconds for connecting and shaking hands. A broker that is frozen accepts connections and says nothing. */
const openingTime = 5_000;

/** Milliseconds for the broker's answer to a farewell. */
const closingTime = 1_000;

/** Connects. Rejects with a {@link BrokerError} where trying again would change nothing. */
export async function openConnection({ url, name, log }: ConnectionOptions): Promise<Connection> {
  const model = await connect(url.full, {
    // Without it a call takes 20 to 45 ms: many small writes, each of which waits for the last one's acknowledgement.
    noDelay: true,
    timeout: openingTime,
    clientProperties: { connection_name: name },
  }).catch((error: Error) => {
    throw explain(error, url);
  });
  let reason: Error | undefined;
  model.on("error", (error) => {
    reason = error;
  });
  // amqplib reports here what our own listeners throw, and would otherwise end the connection.
  model.on("handler-error", (error) => log.error(`A listener of the connection threw: ${error.stack}`));
  const ended = new Promise<Error>((resolve) => {
    model.on("close", (error) => {
      // amqplib ends the stream and leaves the socket to a peer that may never answer.
      setTimeout(() => destroySocket(model), closingTime).unref();
      resolve(reason ?? error ?? new Error("it was closed"));
    });
  });
  const socket = socketOf(model);
  let isGathering = false;
  const write = (): void => {
    isGathering = false;
    socket?.uncork();
  };
  // amqplib's own immediate was asked for before this one.
  const writeLater = (): void => void setImmediate(write);
  return {
    model,
    ended,
    get unsentBytes() {
      return socket?.writableLength ?? 0;
    },
    gather() {
      if (isGathering) return;
      isGathering = true;
      socket?.cork();
      process.nextTick(writeLater);
    },
    async close() {
      const expired = setTimeout(() => destroySocket(model), closingTime);
      // It rejects when the connection is closed already.
      await model.close().catch(() => {});
      await ended;
      clearTimeout(expired);
    },
  };
}

/** When it is not there, the system closes the socket later. */
function destroySocket(model: ChannelModel): void {
  // With an error, because amqplib takes no notice of a socket that only closes.
  socketOf(model)?.destroy(new Error("the broker does not answer"));
}

/** amqplib's type does not have it. */
function socketOf({ connection }: ChannelModel): Socket | undefined {
  const stream = "stream" in connection ? connection.stream : undefined;
  return stream instanceof Socket ? stream : undefined;
}

/** What amqplib tells of a refused opening is in its message alone. */
function explain(error: Error, { shown }: BrokerUrl): Error {
  if (error.message.includes("ACCESS-REFUSED") || error.message.includes("ACCESS_REFUSED")) {
    return new BrokerError(`The broker at ${shown} refuses this user name and password`);
  }
  if (error.message.includes("ConnectionClose")) {
    // It says no more. A broker that is just starting does this too.
    return new Error("the broker refused: does its virtual host exist, and may this user enter it?");
  }
  return error;
}
