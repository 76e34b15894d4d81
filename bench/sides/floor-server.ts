import { createServer, type Socket } from "node:net";
import { generate, parser } from "mqtt-packet";
import { pack } from "../../runtime/wire/pack.js";
import { profileCodec } from "../generated/codecs/bench.js";
import { answer } from "../harness/answer.js";
import { profiles, rotate } from "../sample.js";
import { machineNow } from "./machine-clock.js";
import { profileOfBytes } from "./profile-of-bytes.js";
import { cpuMeter, listen } from "./server.js";

// The least that an MQTT server can do: mqtt-packet on a bare socket. It answers each call with the
// arguments it came with, and pushes by one write of a ready-made frame to each socket.
const sockets = new Set<Socket>();
const news = generate({
  cmd: "publish",
  topic: "on/Bench/news",
  payload: Buffer.from(pack(profileCodec.write(rotate(profiles)()))),
  qos: 0,
  dup: false,
  retain: false,
});

const server = createServer((socket) => {
  socket.setNoDelay(true);
  sockets.add(socket);
  socket.on("close", () => sockets.delete(socket));
  socket.on("error", () => socket.destroy());

  const packets = parser();
  packets.on("packet", (packet) => {
    switch (packet.cmd) {
      case "connect":
        socket.write(generate({ cmd: "connack", returnCode: 0, sessionPresent: false }));
        break;
      case "publish": {
        const id = packet.topic.slice(packet.topic.lastIndexOf("/") + 1);
        const { payload } = packet;
        socket.write(
          generate({ cmd: "publish", topic: `re/${id}`, payload, qos: 0, dup: false, retain: false }),
        );
        break;
      }
      case "subscribe":
        socket.write(generate({ cmd: "suback", messageId: packet.messageId ?? 0, granted: [0] }));
        break;
    }
  });
  socket.on("data", (chunk: Buffer) => {
    socket.cork(); // The answers to what came at once leave at once.
    packets.parse(chunk);
    socket.uncork();
  });
});

answer({
  listen: () => listen(server),
  push: () => {
    for (const socket of sockets) socket.write(news);
  },
  pushBytes(bytes: number) {
    const payload = Buffer.from(pack(profileCodec.write(profileOfBytes(bytes))));
    const began = machineNow();
    const frame = generate({
      cmd: "publish",
      topic: "on/Bench/news",
      payload,
      qos: 0,
      dup: false,
      retain: false,
    });
    for (const socket of sockets) socket.write(frame);
    return began;
  },
  ...cpuMeter,
});
