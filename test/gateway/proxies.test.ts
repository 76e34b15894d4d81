import { once } from "node:events";
import { connect } from "node:net";
import fc from "fast-check";
import { generate } from "mqtt-packet";
import { describe, expect, test } from "vitest";
import WebSocket from "ws";
import type { GatewayConfig } from "../../runtime/config/config.js";
import { ConfigError } from "../../runtime/config/config-error.js";
import { addressKey } from "../../runtime/gateway/address-key.js";
import { readProxyHeader } from "../../runtime/gateway/proxy-header.js";
import { TrustedProxies } from "../../runtime/gateway/trusted-proxies.js";
import { startApplication } from "./application.js";
import { eventually } from "./eventually.js";
import { connectPacket, RawClient } from "./raw-client.js";

const signature = Buffer.from("0d0a0d0a000d0a515549540a", "hex");

/** A header of version 2. */
function second(command: number, family: number, body: Buffer | string): Buffer {
  const bytes = typeof body === "string" ? Buffer.from(body, "hex") : body;
  return Buffer.concat([
    signature,
    Buffer.from([command, family, bytes.length >> 8, bytes.length & 255]),
    bytes,
  ]);
}

const ipv4 = "c0000207c00002010d3d0050";
const ipv6 = `20010db8${"0".repeat(20)}0007${"20010db8".padEnd(32, "0")}0d3d0050`;

/** An application that notes who connects. */
async function startNoting(config: Partial<GatewayConfig> = {}) {
  const heard: string[] = [];
  const app = await startApplication({
    trustedProxies: ["127.0.0.0/8"],
    proxyProtocol: ["mqtt", "http"],
    authenticate({ address, isSecure }) {
      heard.push(isSecure ? `${address} over TLS` : address);
      return "guest";
    },
    ...config,
  });
  return { app, heard, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

const headers: [string, Buffer, string][] = [
  ["version 1 over IPv4", Buffer.from("PROXY TCP4 192.0.2.7 192.0.2.1 3389 80\r\n"), "192.0.2.7"],
  ["version 1 over IPv6", Buffer.from("PROXY TCP6 2001:db8::7 2001:db8::1 3389 80\r\n"), "2001:db8::7"],
  ["version 1 without an address", Buffer.from("PROXY UNKNOWN\r\n"), "127.0.0.1"],
  ["version 2 over IPv4", second(0x21, 0x11, ipv4), "192.0.2.7"],
  ["version 2 over IPv4 with extensions", second(0x21, 0x11, `${ipv4}0400024142`), "192.0.2.7"],
  ["version 2 over IPv6", second(0x21, 0x21, ipv6), "2001:db8:0:0:0:0:0:7"],
  ["version 2 for the proxy itself", second(0x20, 0x00, ""), "127.0.0.1"],
  ["version 2 over a UNIX socket", second(0x21, 0x31, "00".repeat(216)), "127.0.0.1"],
];

describe.each(headers)("a PROXY header of %s", (_what, header, address) => {
  test("tells the address, in one piece with the CONNECT or byte by byte", async () => {
    await using noting = await startNoting();
    using whole = new RawClient(noting.app.mqttPort);
    whole.write(Buffer.concat([header, generate(connectPacket())]));
    await whole.next("connack");
    using split = new RawClient(noting.app.mqttPort);
    for (const byte of header) {
      split.write(Buffer.from([byte]));
      await new Promise(setImmediate);
    }
    split.send(connectPacket());
    await split.next("connack");
    expect(noting.heard).toEqual([address, address]);
  });

  test("is understood before HTTP and WebSockets too", async () => {
    await using noting = await startNoting();
    const port = Number(new URL(noting.app.http).port);
    const socket = connect(port, "127.0.0.1");
    const upgrade = [
      "GET /mqtt HTTP/1.1",
      "Host: game",
      "Upgrade: websocket",
      "Connection: Upgrade",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Protocol: mqtt",
    ].join("\r\n");
    socket.write(Buffer.concat([header, Buffer.from(`${upgrade}\r\n\r\n`)]));
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1.1 101 /);
    const packet = generate(connectPacket());
    socket.write(Buffer.concat([Buffer.from([0x82, 0x80 | packet.length, 0, 0, 0, 0]), packet]));
    await eventually(() => noting.heard).toEqual([address]);
    socket.destroy();
  });
});

test.each([
  ["no header", generate(connectPacket())],
  ["a header of version 1 with nonsense in it", Buffer.from("PROXY TCP4 a b c d\r\n")],
  ["an address of the other kind", Buffer.from("PROXY TCP6 192.0.2.7 192.0.2.1 3389 80\r\n")],
  ["a port that is none", Buffer.from("PROXY TCP4 192.0.2.7 192.0.2.1 3389 80000\r\n")],
  ["a line that does not end", Buffer.from(`PROXY TCP4 ${"1".repeat(200)}`)],
  ["a header of version 3", second(0x31, 0x11, ipv4)],
  ["a header too short for its addresses", second(0x21, 0x11, "c0000207")],
  ["a header too long for anything", second(0x21, 0x11, Buffer.alloc(5_000))],
])(
  "a trusted proxy that sends %s is closed and counted, and the next client is served",
  async (_what, bytes) => {
    await using noting = await startNoting();
    using wrong = new RawClient(noting.app.mqttPort);
    wrong.write(bytes);
    await wrong.closed();
    expect(noting.app.gateway.refusals["proxy-header"]).toBe(1);
    using right = new RawClient(noting.app.mqttPort);
    right.write(Buffer.from("PROXY TCP4 192.0.2.7 192.0.2.1 3389 80\r\n"));
    right.send(connectPacket());
    await right.next("connack");
    expect(noting.heard).toEqual(["192.0.2.7"]);
  },
);

test("a trusted proxy that takes its time with the header is closed and counted", async () => {
  await using noting = await startNoting({ limits: { connectMs: 100 } });
  using slow = new RawClient(noting.app.mqttPort);
  slow.write(Buffer.from("PROXY TCP4 192.0."));
  await slow.closed();
  expect(noting.app.gateway.refusals["proxy-header"]).toBe(1);
});

test("who is no trusted proxy cannot give itself another address", async () => {
  await using noting = await startNoting({ trustedProxies: ["192.0.2.0/24"] });
  using forger = new RawClient(noting.app.mqttPort);
  forger.write(Buffer.from("PROXY TCP4 192.0.2.7 192.0.2.1 3389 80\r\n"));
  await forger.closed();
  expect(noting.heard).toEqual([]);
  using client = new RawClient(noting.app.mqttPort);
  client.send(connectPacket());
  await client.next("connack");
  expect(noting.heard).toEqual(["127.0.0.1"]);
});

test("connections are counted by the address that the proxy tells", async () => {
  await using noting = await startNoting({ limits: { connectionsPerAddress: 1 } });
  const from = (address: string) => {
    const client = new RawClient(noting.app.mqttPort);
    client.write(Buffer.from(`PROXY TCP4 ${address} 192.0.2.1 3389 80\r\n`));
    client.send(connectPacket());
    return client;
  };
  using first = from("192.0.2.7");
  await first.next("connack");
  using second = from("192.0.2.7");
  await second.closed();
  using other = from("192.0.2.8");
  await other.next("connack");
  expect(noting.app.gateway.refusals["connections-per-address"]).toBe(1);
});

describe("over HTTP", () => {
  async function addressOf(
    config: Partial<GatewayConfig>,
    headers: Record<string, string>,
  ): Promise<string[]> {
    await using noting = await startNoting({ proxyProtocol: [], ...config });
    const socket = new WebSocket(`${noting.app.http.replace("http", "ws")}/mqtt`, "mqtt", { headers });
    await once(socket, "open");
    socket.send(generate(connectPacket()));
    await once(socket, "message");
    socket.terminate();
    return noting.heard;
  }

  const forwarded = { "X-Forwarded-For": "203.0.113.9, 192.0.2.7, 10.0.0.1" };

  test("a stranger's X-Forwarded-For is not believed", async () => {
    const headers = { ...forwarded, "X-Forwarded-Proto": "https" };
    expect(await addressOf({ trustedProxies: [] }, headers)).toEqual(["127.0.0.1"]);
  });

  test("of trusted proxies the last address that is none of theirs counts", async () => {
    expect(await addressOf({}, forwarded)).toEqual(["10.0.0.1"]);
    expect(await addressOf({ trustedProxies: ["127.0.0.1", "10.0.0.0/8"] }, forwarded)).toEqual([
      "192.0.2.7",
    ]);
    expect(await addressOf({}, {})).toEqual(["127.0.0.1"]);
    expect(await addressOf({}, { "X-Forwarded-For": "192.0.2.7, nonsense" })).toEqual(["127.0.0.1"]);
    expect(await addressOf({}, { "X-Forwarded-For": "[2001:db8::7]:443" })).toEqual(["2001:db8::7"]);
    expect(await addressOf({}, { "X-Forwarded-For": "192.0.2.7:4711" })).toEqual(["192.0.2.7"]);
  });

  test("a trusted proxy says whether it took TLS off", async () => {
    const headers = { "X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https" };
    expect(await addressOf({}, headers)).toEqual(["192.0.2.7 over TLS"]);
  });

  test("sockets are counted by the address that the proxy tells", async () => {
    await using noting = await startNoting({ proxyProtocol: [], limits: { connectionsPerAddress: 1 } });
    const open = (address: string) =>
      new WebSocket(`${noting.app.http.replace("http", "ws")}/mqtt`, "mqtt", {
        headers: { "X-Forwarded-For": address },
      });
    const first = open("192.0.2.7");
    await once(first, "open");
    const [error] = await once(open("192.0.2.7"), "error");
    expect(String(error)).toContain("503");
    const other = open("192.0.2.8");
    await once(other, "open");
    expect(noting.app.gateway.refusals["connections-per-address"]).toBe(1);
    first.terminate();
    await eventually(() => noting.app.gateway.look().connections).toBe(1);
    const again = open("192.0.2.7");
    await once(again, "open");
    again.terminate();
    other.terminate();
  });
});

test.each(["10.0.0.0/33", "10.0.0", "::1/129", "localhost", "10.0.0.0/8/8", "10.0.0.0/", ""])(
  "'%s' is no network, and the config is refused",
  async (network) => {
    expect(() => new TrustedProxies([network])).toThrow(ConfigError);
    await expect(startApplication({ trustedProxies: [network] })).rejects.toThrow(
      "write addresses and networks",
    );
  },
);

test("networks of both kinds hold the addresses in them, in any form", () => {
  const proxies = new TrustedProxies(["10.0.0.0/8", "192.0.2.1", "fd00::/8"]);
  for (const address of ["10.1.2.3", "::ffff:10.1.2.3", "192.0.2.1", "fd12::1"]) {
    expect(proxies.has(address), address).toBe(true);
  }
  for (const address of ["11.0.0.1", "192.0.2.2", "2001:db8::1", "::1", ""]) {
    expect(proxies.has(address), address).toBe(false);
  }
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["1::2:3:4:5:6:7", "1:0:2:3::/64"],
  ["64:ff9b::192.0.2.7", "64:ff9b:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("%s belongs to %s", (address, key) => {
  expect(addressKey(address)).toBe(key);
});

test("whatever bytes come instead of a PROXY header, they are read without a fault", () => {
  const beginnings = fc.constantFrom(
    Buffer.alloc(0),
    Buffer.from("PROXY "),
    signature,
    second(0x21, 0x11, ipv4),
  );
  fc.assert(
    fc.property(beginnings, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
      const bytes = Buffer.concat([start, rest]);
      const header = readProxyHeader(bytes);
      if (header) expect(header.length).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 5_000 },
  );
});
