import { once } from "node:events";
import { connect } from "node:net";
import { generate } from "mqtt-packet";
import { expect, test } from "vitest";
import { admitted, connectPacket, RawClient } from "../gateway/raw-client.js";
import { attack } from "./scene.js";

test("who leaves messages of QoS 2 half open is thrown out at a bound, and again each time", async () => {
  await attack({ unreleased: 5 }, async ({ port }) => {
    for (let times = 0; times < 5; times++) {
      using attacker = await admitted(port);
      for (let id = 1; id <= 300; id++) attacker.publish("nothing", "x".repeat(100), { qos: 2, id });
      await attacker.closed();
    }
  });
});

test("who subscribes 10,000 times comes to the bound, in one packet and in many", async () => {
  await attack({ subscriptions: 19_800 }, async ({ port }) => {
    using attacker = await admitted(port);
    for (const size of [1_000, 100]) {
      const granted: unknown[] = [];
      for (let at = 0; at < 10_000; at += size) {
        const filters = Array.from({ length: size }, (_, i) => `on/+/${size}-${at + i}`);
        granted.push(...((await attacker.subscribe(...filters)) as unknown[]));
      }
      expect(granted.filter((code) => code === 0)).toHaveLength(size === 1_000 ? 100 : 0);
    }
  });
});

test("who announces 256 MiB is thrown out before anything comes, whatever the packet", async () => {
  const types = [0x10, 0x30, 0x32, 0x34, 0x62, 0x82, 0xa2, 0xc0, 0xe0];
  await attack({ "packet-bytes": types.length * 2 }, async ({ port }) => {
    for (const type of types) {
      const header = Buffer.from([type, 0xff, 0xff, 0xff, 0x7f]);
      using attacker = await admitted(port);
      attacker.write(header);
      await attacker.closed();
      using stranger = new RawClient(port);
      stranger.write(header);
      await stranger.closed();
    }
  });
});

test("who sends a CONNECT a byte at a time is waited for only so long, and others come in meanwhile", async () => {
  await attack({ "connect-time": 20 }, async ({ port }) => {
    const hello = generate(connectPacket({ clientId: "x".repeat(1_000) }));
    const slow = Array.from({ length: 20 }, () => new RawClient(port));
    let at = 0;
    const timer = setInterval(() => {
      for (const client of slow) client.write(hello.subarray(at, at + 1));
      at++;
    }, 100);
    try {
      using quick = await admitted(port);
      await quick.settle();
      await Promise.all(slow.map((client) => client.closed()));
      for (const client of slow) expect(client.packets).toEqual([]);
    } finally {
      clearInterval(timer);
      for (const client of slow) client[Symbol.dispose]();
    }
  });
});

test.each([
  ["no end of headers", `GET /mqtt HTTP/1.1\r\n${"X-A: b\r\n".repeat(5_000)}`],
  [
    "a body instead of frames",
    "POST /mqtt HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4\r\n\r\nabcd",
  ],
  ["two lengths", "GET /mqtt HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n"],
  ["a path out of the root", "GET //../../mqtt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
  [
    "a path that is none",
    "GET http://[ HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
  ],
  ["a null in the path", "GET /mqtt%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
  ["a broken escape", "GET /%E0%A4%A HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
  ["a key that is none", upgrade("Sec-WebSocket-Key: x")],
  ["a key twice", upgrade("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: a")],
  [
    "a broken list of protocols",
    upgrade("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ,,;"),
  ],
])("an upgrade with %s is refused", async (_what, request) => {
  await attack({}, async ({ app }) => {
    const socket = connect(Number(new URL(app.http).port), "127.0.0.1");
    socket.on("error", () => {});
    let answer = "";
    socket.on("data", (bytes) => {
      answer += bytes;
    });
    socket.write(request);
    await once(socket, "close");
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d |^$/);
    expect(answer).not.toMatch(/\bat .*:\d+:\d+/);
  });
});

function upgrade(headers: string): string {
  const head = "GET /mqtt HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket";
  const protocol = headers.includes("Protocol") ? "" : "Sec-WebSocket-Protocol: mqtt\r\n";
  return `${head}\r\nSec-WebSocket-Version: 13\r\n${protocol}${headers}\r\n\r\n`;
}

test.each([
  ["a text frame", [0x81, 0x81, 0, 0, 0, 0, 0x61]],
  ["a frame without a mask", [0x82, 0x02, 0xc0, 0x00]],
  ["a reserved kind", [0x83, 0x80, 0, 0, 0, 0]],
  ["reserved bits", [0xf2, 0x80, 0, 0, 0, 0]],
  ["an announced length of 2^63", [0x82, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]],
  ["a ping that is too long", [0x89, 0xfe, 0, 200, 0, 0, 0, 0]],
  ["a continuation of nothing", [0x80, 0x80, 0, 0, 0, 0]],
  ["a closing code that is none", [0x88, 0x82, 0, 0, 0, 0, 0, 1]],
])("over WebSocket %s ends the connection", async (_what, frame) => {
  await attack({}, async ({ app }) => {
    const socket = connect(Number(new URL(app.http).port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write(upgrade("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 101 /);
    socket.write(Buffer.from(frame));
    await once(socket, "close");
  });
});
