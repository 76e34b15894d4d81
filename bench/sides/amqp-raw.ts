import { connect } from "amqplib";
import { pack } from "../../runtime/wire/pack.js";
import { profileCodec } from "../generated/codecs/bench.js";
import { answer } from "../harness/answer.js";
import { profiles, rotate } from "../sample.js";
import type { AmqpPlace } from "./amqp-place.js";
import { type CallPlan, CallsInFlight } from "./calls-in-flight.js";

// Request and reply as amqplib gives them: one message a call, and a queue of the caller's own for the answers. Both
// are acknowledged, as the transport does it; the callee sends the body back without a look at it.
const prefetch = 256;

let send: (slot: number) => void = () => {};
const load = new CallsInFlight((slot) => send(slot));

async function openChannel(url: string) {
  const connection = await connect(url, { noDelay: true });
  const channel = await connection.createChannel();
  await channel.prefetch(prefetch);
  return channel;
}

async function serve({ url, application }: AmqpPlace): Promise<void> {
  const channel = await openChannel(url);
  await channel.assertQueue(application, { durable: false, autoDelete: true });
  await channel.consume(application, (message) => {
    if (message === null) throw new Error("the queue of the requests is gone");
    const { replyTo, correlationId } = message.properties;
    channel.publish("", String(replyTo), message.content, { correlationId });
    channel.ack(message);
  });
}

async function open({ url, application }: AmqpPlace): Promise<void> {
  const channel = await openChannel(url);
  const { queue } = await channel.assertQueue("", { exclusive: true });
  await channel.consume(queue, (message) => {
    if (message === null) throw new Error("the queue of the replies is gone");
    channel.ack(message);
    load.onAnswer(Number(message.properties.correlationId));
  });
  const next = rotate(profiles);
  send = (slot) => {
    const options = { replyTo: queue, correlationId: String(slot) };
    channel.publish("", application, Buffer.from(pack(profileCodec.write(next()))), options);
  };
}

answer({ serve, open, run: (plan: CallPlan) => load.run(plan), cpu: () => process.cpuUsage() });
