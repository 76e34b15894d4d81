import { generate } from "mqtt-packet";
import { answer } from "../harness/answer.js";
import { connectLightly, type LightClient } from "./light-client.js";
import { machineNow } from "./machine-clock.js";

/** What to publish, and where. */
export interface Publishing {
  readonly port: number;
  readonly topic: string;
  readonly bytes: number;
}

let client: LightClient | undefined;
let news: Buffer = Buffer.alloc(0);

answer({
  async open({ port, topic, bytes }: Publishing) {
    client = await connectLightly(port, "publisher");
    const payload = Buffer.alloc(bytes, 0x61);
    news = generate({ cmd: "publish", topic, payload, qos: 0, dup: false, retain: false });
  },
  push(): number {
    const began = machineNow();
    client?.socket.write(news);
    return began;
  },
});
