import { once } from "node:events";
import { connect } from "node:net";
import { generate } from "mqtt-packet";
import { expect, test } from "vitest";
import { defaultGatewayLimits, type GatewayLimits } from "../../runtime/config/gateway-limits.js";
import type { RefusalReason } from "../../runtime/gateway/refusal-reason.js";
import { startApplication } from "./application.js";
import { eventually } from "./eventually.js";
import { admitted, connectPacket, publish, RawClient } from "./raw-client.js";

type Application = Awaited<ReturnType<typeof startApplication>>;

/** Starts an application with small limits, has somebody exceed one, and looks whether the next client is served. */
async function exceed(
  limits: Partial<GatewayLimits>,
  reason: RefusalReason,
  offend: (app: Application) => Promise<void>,
): Promise<void> {
  await using app = await startApplication({ limits });
  await offend(app);
  await eventually(() => app.gateway.refusals[reason]).toBeGreaterThan(0);
  await eventually(() => app.gateway.look().connections).toBe(0);
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Score/top/1", "[1]");
  expect(await client.json()).toEqual({ ok: ["Ann"] });
  // Once for each offender, however often it offends.
  expect(app.logged.filter(({ level }) => level === "warn")).toHaveLength(1);
}

test("the defaults let 2,000 players behind one address play, with 256 calls in flight each", () => {
  const players = 2_000;
  const limits = defaultGatewayLimits;
  for (const name of [
    "connections",
    "connectionsPerAddress",
    "connectsPerSecond",
    "connecting",
    "authenticationQueue",
    "sessions",
  ] as const) {
    expect(limits[name], name).toBeGreaterThanOrEqual(players);
  }
  expect(limits.callsInFlight).toBeGreaterThanOrEqual(256);
  expect(limits.callBurst).toBeGreaterThanOrEqual(256);
  expect(limits.callsInAll).toBeGreaterThanOrEqual(players * 256);
});

/** Closes without a word. */
async function expectClosed(port: number): Promise<void> {
  using client = new RawClient(port);
  await client.closed();
  expect(client.packets).toEqual([]);
}

test("connections are bounded, on all ports together", async () => {
  await exceed({ connections: 2 }, "connections", async (app) => {
    using _first = await admitted(app.mqttPort);
    const page = connect(Number(new URL(app.http).port), "127.0.0.1");
    await once(page, "connect");
    await expectClosed(app.mqttPort);
    await expectClosed(Number(new URL(app.http).port));
    page.destroy();
    await once(page, "close");
    // Both have left room behind.
    await eventually(async () => {
      using client = new RawClient(app.mqttPort);
      client.send(connectPacket());
      const answer = client.next("connack");
      return await answer.then(
        () => "in",
        () => "out",
      );
    }).toBe("in");
  });
});

test("connections of one address are bounded", async () => {
  await exceed({ connectionsPerAddress: 2 }, "connections-per-address", async (app) => {
    using _first = await admitted(app.mqttPort);
    using _second = await admitted(app.mqttPort);
    await expectClosed(app.mqttPort);
    await expectClosed(app.mqttPort);
    expect(app.gateway.refusals["connections-per-address"]).toBe(2);
  });
});

test("connections in a second are bounded", async () => {
  await exceed({ connectsPerSecond: 3 }, "connects-per-second", async (app) => {
    const clients = Array.from({ length: 10 }, () => new RawClient(app.mqttPort));
    await eventually(() => app.gateway.refusals["connects-per-second"]).toBeGreaterThan(0);
    for (const client of clients) client[Symbol.dispose]();
    await eventually(async () => {
      const before = app.gateway.refusals["connects-per-second"];
      using client = new RawClient(app.mqttPort);
      client.send(connectPacket());
      await client.next("connack").catch(() => {});
      return app.gateway.refusals["connects-per-second"] - before;
    }).toBe(0);
    // Enough for the one that follows.
    await new Promise((resolve) => setTimeout(resolve, 700));
  });
});

test("connections that are not admitted yet are bounded", async () => {
  await exceed({ connecting: 1 }, "connecting", async (app) => {
    using _silent = new RawClient(app.mqttPort);
    await eventually(() => app.gateway.look().connections).toBe(1);
    await expectClosed(app.mqttPort);
  });
});

test("a CONNECT that does not come, or comes a byte at a time, is waited for only so long", async () => {
  await exceed({ connectMs: 300 }, "connect-time", async (app) => {
    using silent = new RawClient(app.mqttPort);
    using slow = new RawClient(app.mqttPort);
    const packet = generate(connectPacket());
    let sent = 0;
    const drip = setInterval(() => slow.write(packet.subarray(sent, ++sent)), 50);
    await Promise.all([silent.closed(), slow.closed()]);
    clearInterval(drip);
    expect(sent).toBeLessThan(packet.length);
    expect(app.gateway.refusals["connect-time"]).toBe(2);
  });
});

test("the headers of an upgrade that come a byte at a time are waited for only so long", async () => {
  await exceed({ connectMs: 300 }, "connect-time", async (app) => {
    const socket = connect(Number(new URL(app.http).port), "127.0.0.1");
    const text = `GET /mqtt HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nX: ${"x".repeat(1_000)}`;
    let sent = 0;
    const drip = setInterval(() => socket.write(text.slice(sent, ++sent)), 50);
    socket.on("error", () => {});
    let answer = "";
    socket.on("data", (bytes) => {
      answer += bytes;
    });
    await once(socket, "close");
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
  });
});

test("requests that are no HTTP are answered with 400, closed and counted", async () => {
  await exceed({}, "http", async (app) => {
    for (const text of ["\x10\x0c\0\x04MQTT", "GET /mqtt HTTP/1.1\r\nUpgrade websocket\r\n\r\n"]) {
      // It keeps its half of the connection open.
      const socket = connect({
        port: Number(new URL(app.http).port),
        host: "127.0.0.1",
        allowHalfOpen: true,
      });
      socket.on("error", () => {});
      socket.write(text);
      let answer = "";
      socket.on("data", (bytes) => {
        answer += bytes;
      });
      await once(socket, "end");
      expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
      socket.destroy();
    }
    expect(app.gateway.refusals.http).toBe(2);
  });
});

test("sessions are bounded, and a CONNECT beyond gets return code 3", async () => {
  await exceed({ sessions: 1 }, "sessions", async (app) => {
    using _first = await admitted(app.mqttPort);
    using second = new RawClient(app.mqttPort);
    second.send(connectPacket());
    expect(await second.next("connack")).toMatchObject({ returnCode: 3 });
    await second.closed();
  });
});

test("a guest that is idle is closed after a while", async () => {
  await exceed({ guestIdle: 1 }, "guest-idle", async (app) => {
    using guest = await admitted(app.mqttPort);
    await guest.closed();
  });
});

test("a packet that is too long ends the connection", async () => {
  await exceed({ packetBytes: 1_000 }, "packet-bytes", async (app) => {
    using client = await admitted(app.mqttPort);
    client.publish("rpc/Room/note/1", `[${" ".repeat(1_000)}1]`);
    await client.closed();
  });
});

test("a header that announces 256 MiB ends the connection at once, and nothing is kept for it", async () => {
  await exceed({}, "packet-bytes", async (app) => {
    using client = await admitted(app.mqttPort);
    client.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]));
    await client.closed();
  });
});

test.each([
  ["long", "rpc/Room/note/".padEnd(101, "1")],
  ["long in bytes", "ä".repeat(60)],
  ["deep", "a/b/c/d/e"],
  ["deep and empty", "////"],
])("a topic that is too %s ends the connection", async (_what, topic) => {
  await exceed({ topicBytes: 100, topicLevels: 4 }, "topic", async (app) => {
    using client = await admitted(app.mqttPort);
    client.publish(topic, "[1]", { qos: 1 });
    await client.closed();
    expect(client.packets).toEqual([]);
  });
});

test("a filter that is too long or too deep is refused, and so are filters beyond the limit", async () => {
  const limits = { subscriptions: 2, topicBytes: 20, topicLevels: 4 };
  await exceed(limits, "subscriptions", async (app) => {
    using client = await admitted(app.mqttPort);
    expect(await client.subscribe(`on/${"a".repeat(20)}`, "on/+/+/+/+", "on/Room/said")).toEqual([
      128, 128, 0,
    ]);
    expect(await client.subscribe("on/a", "on/b", "on/Room/said")).toEqual([0, 128, 0]);
    expect(app.gateway.refusals.subscriptions).toBe(3);
  });
});

test("10,000 subscriptions of one client come to the limit, and no further", async () => {
  await exceed({}, "subscriptions", async (app) => {
    using client = await admitted(app.mqttPort);
    for (let i = 0; i < 100; i++) {
      await client.subscribe(...Array.from({ length: 100 }, (_, j) => `on/a/${i * 100 + j}`));
    }
    expect(app.gateway.refusals.subscriptions).toBe(9_900);
  });
});

test("messages of QoS 2 that are not released are bounded", async () => {
  await exceed({ unreleased: 10 }, "unreleased", async (app) => {
    using client = await admitted(app.mqttPort);
    for (let id = 1; id <= 11; id++) client.publish("rpc/Room/note", "[1]", { qos: 2, id });
    await client.closed();
    expect(app.notes).toHaveLength(10);
  });
});

test("a client that does not read what waits for it is closed", async () => {
  await exceed({ queuedBytes: 100_000 }, "queued-bytes", async (app) => {
    using client = await admitted(app.mqttPort);
    client.stopReading();
    for (let i = 0; i < 100; i++) {
      client.publish(`rpc/Room/flood/${i}`, "[1000000]");
      await new Promise(setImmediate);
    }
    await eventually(() => app.gateway.refusals["queued-bytes"]).toBe(1);
    expect(app.gateway.look().queuedBytes).toBeLessThan(150_000_000);
  });
});

test("a client that violates the protocol is closed", async () => {
  await exceed({}, "malformed", async (app) => {
    using client = await admitted(app.mqttPort);
    client.write(Buffer.from([0xf0, 0]));
    await client.closed();
  });
});

test("calls at a time are bounded for each session, told with a hint, and taken again", async () => {
  await exceed({ callsInFlight: 2 }, "calls-in-flight", async (app) => {
    using client = await admitted(app.mqttPort);
    using other = await admitted(app.mqttPort);
    for (const id of [1, 2, 3]) client.publish(`rpc/Room/wait/${id}`);
    expect(await client.json()).toMatchObject({
      error: { code: "resource-exhausted", details: { retryAfterMs: expect.any(Number) } },
    });
    other.publish("rpc/Score/top/1", "[0]");
    expect(await other.json()).toEqual({ ok: [] });
    app.waiting[0]?.finish(1);
    expect(await client.json()).toEqual({ ok: 1 });
    client.publish("rpc/Score/top/4", "[0]");
    expect(await client.json()).toEqual({ ok: [] });
  });
});

test("calls in a second are bounded for each session, and who waits as long as told is served", async () => {
  await exceed({ callsPerSecond: 2, callBurst: 3 }, "calls-per-second", async (app) => {
    using client = await admitted(app.mqttPort);
    using other = await admitted(app.mqttPort);
    const topic = (id: number) => `rpc/Score/top/${id}`;
    client.send(...[1, 2, 3, 4].map((id) => publish(topic(id), "[0]")));
    const replies = [await client.json(), await client.json(), await client.json(), await client.json()];
    expect(replies.filter((reply) => JSON.stringify(reply) === '{"ok":[]}')).toHaveLength(3);
    const refused = replies.find((reply) => JSON.stringify(reply) !== '{"ok":[]}');
    expect(refused).toMatchObject({ error: { code: "resource-exhausted" } });
    const { retryAfterMs } = (refused as { error: { details: { retryAfterMs: number } } }).error.details;
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(500);
    other.publish(topic(1), "[0]");
    expect(await other.json()).toEqual({ ok: [] });
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs + 1));
    client.publish(topic(5), "[0]");
    expect(await client.json()).toEqual({ ok: [] });
  });
});

test("calls of all sessions are bounded: new ones are shed with a hint, those that were taken are answered", async () => {
  await exceed({ callsInAll: 3 }, "overload", async (app) => {
    using first = await admitted(app.mqttPort);
    using second = await admitted(app.mqttPort);
    for (const id of [1, 2]) first.publish(`rpc/Room/wait/${id}`);
    await eventually(() => app.waiting.length).toBe(2);
    for (const id of [1, 2]) second.publish(`rpc/Room/wait/${id}`);
    expect(await second.json()).toMatchObject({
      error: { code: "resource-exhausted", details: { retryAfterMs: expect.any(Number) } },
    });
    for (const { finish } of app.waiting) finish(7);
    expect([await first.json(), await first.json(), await second.json()]).toEqual(Array(3).fill({ ok: 7 }));
    expect(app.gateway.look().callsInFlight).toBe(0);
  });
});

test("when the calls of one turn take too long, the rest of them is shed and the others are answered", async () => {
  await exceed({ busyMs: 100 }, "overload", async (app) => {
    using client = await admitted(app.mqttPort);
    const calls = Array.from({ length: 40 }, (_, i) => publish(`rpc/Room/labour/${i}`, "[10]"));
    client.send(...calls);
    const replies: string[] = [];
    while (replies.length < 40) replies.push((await client.message())[1]);
    const answered = replies.filter((reply) => reply === '{"ok":10}').length;
    expect(answered).toBeGreaterThan(0);
    expect(replies.filter((reply) => reply.includes("resource-exhausted"))).toHaveLength(40 - answered);
    expect(answered).toBeLessThan(40);
    // The next turn begins anew.
    client.publish("rpc/Room/labour/41", "[10]");
    expect((await client.message())[1]).toBe('{"ok":10}');
  });
});

test("one-way calls beyond a limit are dropped and counted", async () => {
  await exceed({ callsPerSecond: 1 }, "calls-per-second", async (app) => {
    using client = await admitted(app.mqttPort);
    client.publish("rpc/Room/note", "[1]");
    client.publish("rpc/Room/note", "[2]");
    await client.settle();
    expect(app.notes).toEqual([1]);
    expect(app.gateway.refusals["dropped-call"]).toBe(1);
  });
});
