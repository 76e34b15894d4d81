import { generate } from "mqtt-packet";
import { connectLightly } from "../../../sides/light-client.js";

/** Those of the objects that the server answers with `invalid-argument`, in their order. */
export async function refusedByServer(mqttPort: number, profiles: readonly object[]): Promise<object[]> {
  const client = await connectLightly(mqttPort, "refusals");
  const refused: object[] = [];
  for (const profile of profiles) {
    const reply = await new Promise<string>((resolve) => {
      client.onPacket = (_, bytes, body, end) => resolve(bytes.toString("utf8", body, end));
      const [topic, payload] = ["rpc/Bench/echo/a", JSON.stringify([profile])];
      client.socket.write(generate({ cmd: "publish", topic, payload, qos: 0, dup: false, retain: false }));
    });
    if (reply.includes('"invalid-argument"')) refused.push(profile);
  }
  client.socket.removeAllListeners("close");
  client.socket.destroy();
  return refused;
}
