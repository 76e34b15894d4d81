import { connect } from "amqplib";
import { answer } from "../../../harness/answer.js";
import type { Profile } from "../../../idl/bench.js";
import type { AmqpPlace } from "../../../sides/amqp-place.js";
import { inFlight } from "../../harness/load.js";

// What one writes by hand: JSON, one message a call, nothing acknowledged, and a queue of the caller's own for the
// answers. Nothing is checked and nothing ends a call that is lost.
let send: (profile: Profile) => Promise<unknown> = () => Promise.reject(new Error("the caller is not open"));

async function openChannel(url: string) {
  const connection = await connect(url, { noDelay: true });
  return await connection.createChannel();
}

async function serve({ url, application }: AmqpPlace): Promise<void> {
  const channel = await openChannel(url);
  await channel.assertQueue(application, { durable: false, autoDelete: true });
  await channel.consume(
    application,
    (message) => {
      if (message === null) throw new Error("the queue of the requests is gone");
      const { replyTo, correlationId } = message.properties;
      const profile: unknown = JSON.parse(message.content.toString());
      channel.sendToQueue(String(replyTo), Buffer.from(JSON.stringify(profile)), { correlationId });
    },
    { noAck: true },
  );
}

async function open({ url, application }: AmqpPlace): Promise<void> {
  const channel = await openChannel(url);
  const { queue } = await channel.assertQueue("", { exclusive: true });
  const pending = new Map<string, (answered: unknown) => void>();
  await channel.consume(
    queue,
    (message) => {
      if (message === null) throw new Error("the queue of the replies is gone");
      const id = String(message.properties.correlationId);
      pending.get(id)?.(JSON.parse(message.content.toString()));
      pending.delete(id);
    },
    { noAck: true },
  );
  let calls = 0;
  send = (profile) =>
    new Promise((resolve) => {
      const correlationId = String(calls++);
      pending.set(correlationId, resolve);
      const body = Buffer.from(JSON.stringify(profile));
      channel.sendToQueue(application, body, { replyTo: queue, correlationId });
    });
}

answer({ serve, open, ...inFlight((profile) => send(profile)) });
