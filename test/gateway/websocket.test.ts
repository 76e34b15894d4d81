import { once } from "node:events";
import { connect } from "node:net";
import mqtt from "mqtt";
import { generate, type Packet, parser } from "mqtt-packet";
import { expect, test } from "vitest";
import WebSocket from "ws";
import { startApplication } from "./application.js";
import * as contracts from "./contracts.js";
import { eventually } from "./eventually.js";
import { connectPacket, publish } from "./raw-client.js";

function socketUrl(http: string, path = "/mqtt"): string {
  return `${http.replace("http", "ws")}${path}`;
}

/** A WebSocket on which each frame is kept apart. */
async function openSocket(http: string, protocols: string | string[] = "mqtt") {
  const socket = new WebSocket(socketUrl(http), protocols);
  const frames: Packet[][] = [];
  socket.on("message", (bytes: Buffer) => {
    const stream = parser();
    const packets: Packet[] = [];
    stream.on("packet", (packet) => packets.push({ ...packet }));
    stream.parse(bytes);
    frames.push(packets);
  });
  socket.on("error", () => {});
  await once(socket, "open");
  return { socket, frames };
}

test("mqtt.js calls and hears pushes over a WebSocket", async () => {
  await using app = await startApplication();
  const client = await mqtt.connectAsync(socketUrl(app.http), { protocolVersion: 4, reconnectPeriod: 0 });
  const heard: string[] = [];
  client.on("message", (topic, payload) => heard.push(`${topic} ${payload}`));
  await client.subscribeAsync(["json/on/#", "re/#"]);
  await client.publishAsync("rpc/Room/note/1", "[5]", { qos: 1 });
  app.gateway.push(contracts.moved, { kind: "all" }, 3);
  await eventually(() => heard.length).toBe(2);
  expect(heard.sort()).toEqual(["json/on/Score/moved 3", 're/1 {"ok":5}']);
  await client.endAsync();
  await eventually(() => app.ended.length).toBe(1);
});

test("all that one turn sends to a client is one frame", async () => {
  await using app = await startApplication();
  const { socket, frames } = await openSocket(app.http);
  socket.send(generate(connectPacket()));
  await eventually(() => frames.length).toBe(1);
  const calls = [1, 2, 3, 4, 5].map((id) => generate(publish(`rpc/Room/note/${id}`, `[${id}]`)));
  socket.send(Buffer.concat(calls));
  await eventually(() => frames.flat().length).toBe(6);
  expect(frames[1]?.map((packet) => packet.cmd === "publish" && packet.topic)).toEqual([
    "re/1",
    "re/2",
    "re/3",
    "re/4",
    "re/5",
  ]);
  // An answer of the broker, which it writes in pieces.
  socket.send(generate({ cmd: "subscribe", messageId: 1, subscriptions: [{ topic: "on/#", qos: 0 }] }));
  await eventually(() => frames.length).toBe(3);
  expect(frames[2]).toMatchObject([{ cmd: "suback" }]);
  socket.terminate();
});

test("a packet may span frames, and a frame hold half a packet", async () => {
  await using app = await startApplication();
  const { socket, frames } = await openSocket(app.http);
  const bytes = Buffer.concat(
    [connectPacket(), publish("rpc/Room/note/1", "[5]")].map((packet) => generate(packet)),
  );
  for (let at = 0; at < bytes.length; at += 7) socket.send(bytes.subarray(at, at + 7));
  await eventually(() => frames.flat().map(({ cmd }) => cmd)).toEqual(["connack", "publish"]);
  socket.terminate();
});

test("a client of MQTT 3.1 may name the subprotocol as it did then", async () => {
  await using app = await startApplication();
  const { socket } = await openSocket(app.http, ["chat", "mqttv3.1"]);
  expect(socket.protocol).toBe("mqttv3.1");
  socket.terminate();
});

test("text frames end the connection", async () => {
  await using app = await startApplication();
  const { socket } = await openSocket(app.http);
  socket.send("hello");
  const [code] = await once(socket, "close");
  expect(code).toBe(1003);
});

test("a frame longer than packets may be ends the connection", async () => {
  await using app = await startApplication({ limits: { packetBytes: 1_000 } });
  const { socket } = await openSocket(app.http);
  socket.send(Buffer.alloc(3_000));
  const [code] = await once(socket, "close");
  expect(code).toBe(1009);
});

test.each([
  ["/", "mqtt", 404],
  ["/mqtt/x", "mqtt", 404],
  ["/mqtt", "chat", 400],
  ["/mqtt", undefined, 400],
])("an upgrade of %s with the subprotocol %s is refused", async (path, protocol, status) => {
  await using app = await startApplication();
  const socket = new WebSocket(socketUrl(app.http, path), protocol);
  const [error] = await once(socket, "error");
  expect(String(error)).toContain(String(status));
});

test.each([
  ["no key", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n", 400],
  [
    "an old version",
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 3\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    400,
  ],
  ["another protocol", "Upgrade: h2c\r\nConnection: Upgrade\r\n", 400],
])("an upgrade with %s is answered and closed", async (_what, headers, status) => {
  await using app = await startApplication();
  const socket = connect(Number(new URL(app.http).port), "127.0.0.1");
  socket.write(`GET /mqtt HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Protocol: mqtt\r\n${headers}\r\n`);
  let answer = "";
  socket.on("data", (bytes) => {
    answer += bytes;
  });
  await once(socket, "close");
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
});

test("a client that does not read is disconnected over a WebSocket too", async () => {
  await using app = await startApplication({ limits: { queuedBytes: 100_000 } });
  const { socket, frames } = await openSocket(app.http);
  socket.send(generate(connectPacket()));
  socket.send(generate({ cmd: "subscribe", messageId: 1, subscriptions: [{ topic: "on/#", qos: 0 }] }));
  await eventually(() => frames.flat().length).toBe(2);
  socket.pause();
  const big = { text: "x".repeat(50_000), at: new Date(0) };
  for (let i = 0; i < 5_000 && app.gateway.refusals["queued-bytes"] === 0; i++) {
    app.gateway.push(contracts.said, { kind: "all" }, big);
    await new Promise(setImmediate);
  }
  expect(app.gateway.refusals["queued-bytes"]).toBe(1);
  await eventually(() => app.ended.length).toBe(1);
  socket.terminate();
});
