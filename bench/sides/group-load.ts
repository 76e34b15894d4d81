import { generate } from "mqtt-packet";
import { answer } from "../harness/answer.js";
import { connectLightly, type LightClient } from "./light-client.js";
import { machineNow } from "./machine-clock.js";

/** Who listens to what. */
export interface Listening {
  readonly port: number;
  readonly members: number;
  readonly topic: string;
  /** The method that makes a client a member of the group; undefined where the subscription is enough. */
  readonly route: string | undefined;
}

const publishType = 0x30;
const atOnce = 50;
let times = new Float64Array(0);
let heard = 0;
let onAllHeard: () => void = () => {};

async function open({ port, members, topic, route }: Listening): Promise<void> {
  times = new Float64Array(members);
  const subscribe = generate({ cmd: "subscribe", messageId: 1, subscriptions: [{ topic, qos: 0 }] });
  const enter = route === undefined ? [] : [call(`rpc/${route}/a`)];
  const hello = Buffer.concat([...enter, subscribe]);
  let next = 0;
  const openOneByOne = async () => {
    while (next < members) {
      const client = await connectLightly(port, `member-${next++}`);
      await settle(client, hello, enter.length + 1);
      client.onPacket = onPush;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, openOneByOne));
}

/** Sends packets, and resolves when so many others have answered them. */
function settle(client: LightClient, bytes: Buffer, answers: number): Promise<void> {
  return new Promise((resolve) => {
    client.onPacket = () => {
      if (--answers === 0) resolve();
    };
    client.socket.write(bytes);
  });
}

function call(topic: string): Buffer {
  const payload = Buffer.from([0x90]);
  return generate({ cmd: "publish", topic, payload, qos: 0, dup: false, retain: false });
}

function onPush(first: number): void {
  if (first !== publishType) return;
  times[heard++] = machineNow();
  if (heard === times.length) onAllHeard();
}

/** Resolves once each member has heard one more push, with when each did. */
async function hear(): Promise<Float64Array> {
  if (heard < times.length) {
    await new Promise<void>((resolve) => {
      onAllHeard = resolve;
    });
  }
  heard = 0;
  return times;
}

answer({ open, hear });
