import { expect, test } from "vitest";
import type { ConnectRequest } from "../../runtime/config/config.js";
import { RpcError } from "../../runtime/error/rpc-error.js";
import type { Session } from "../../runtime/session/session.js";
import { startApplication } from "./application.js";
import * as contracts from "./contracts.js";
import { eventually } from "./eventually.js";
import { admitted, connectPacket, publish, RawClient } from "./raw-client.js";

async function returnCode(port: number, fields: Parameters<typeof connectPacket>[0] = {}): Promise<unknown> {
  using client = new RawClient(port);
  client.send(connectPacket(fields));
  const { returnCode } = await client.next("connack");
  if (returnCode !== 0) await client.closed();
  return returnCode;
}

test("without a function that decides, everybody is a guest", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort, { username: "Ann", password: Buffer.from("x") });
  client.publish("rpc/Room/note/1", "[1]");
  await client.next("publish");
  expect(app.sessions[0]?.userId).toBeUndefined();
});

test("the function hears who wants to enter, and a user whom it names is bound before the first call", async () => {
  const heard: { request: ConnectRequest; rpc: unknown; session: Session }[] = [];
  await using app = await startApplication({
    authenticate: async (request, { session, rpc }) => {
      heard.push({ request, rpc, session });
      await new Promise(setImmediate);
      return { userId: "u-7" };
    },
  });
  using client = new RawClient(app.mqttPort);
  client.send(
    connectPacket({ clientId: "phone", username: "Ann", password: Buffer.from("pässword") }),
    publish("rpc/Room/say/1", '["hi"]'),
  );
  await client.next("connack");
  expect(await client.json()).toMatchObject({ ok: { text: "hi" } });
  expect(heard).toHaveLength(1);
  expect(heard[0]?.request).toMatchObject({
    clientId: "phone",
    username: "Ann",
    password: "pässword",
    address: "127.0.0.1",
  });
  expect(heard[0]?.rpc).toBe("the stubs");
  expect(heard[0]?.session).toBe(app.sessions[0]);
  expect(app.sessions[0]?.userId).toBe("u-7");
});

test("a session that is bound while it is authenticated stays bound", async () => {
  await using app = await startApplication({
    async authenticate({ username }, { session }) {
      await session.bind("u-1");
      return username === "same" ? { userId: "u-1" } : "guest";
    },
  });
  for (const username of ["same", "guest"]) {
    using client = await admitted(app.mqttPort, { username });
    client.publish("rpc/Room/say/1", '["hi"]');
    expect(await client.json()).toMatchObject({ ok: {} });
  }
});

test.each([
  ["a refusal", () => ({ refuse: "no" }), 5],
  [
    "an error",
    () => {
      throw new Error("a bug");
    },
    5,
  ],
  ["a rejection", () => Promise.reject(new RpcError("permission-denied", "no")), 5],
  ["a server at capacity", () => Promise.reject(new RpcError("resource-exhausted", "full")), 3],
])("%s refuses the CONNECT, is logged once, and ends the session", async (_what, authenticate, code) => {
  await using app = await startApplication({ authenticate });
  expect(await returnCode(app.mqttPort)).toBe(code);
  await eventually(() => app.ended.length).toBe(1);
  expect(app.logged.filter(({ message }) => message === "A client was not admitted")).toHaveLength(1);
  expect(app.gateway.refusals.authentication).toBe(1);
});

test("a function that takes longer than 5 seconds refuses, and what it does later is in vain", async () => {
  let late: Promise<unknown> = Promise.resolve();
  await using app = await startApplication({
    authenticate: (_request, { session }) =>
      new Promise((resolve) => {
        setTimeout(() => {
          late = session.bind("Ann").catch((error: unknown) => error);
          resolve({ userId: "Ann" });
        }, 5_300);
      }),
  });
  const start = performance.now();
  expect(await returnCode(app.mqttPort)).toBe(3);
  expect(performance.now() - start).toBeGreaterThan(4_900);
  await eventually(() => late).toBeInstanceOf(RpcError);
  expect(app.ended).toHaveLength(1);
});

test("sessions are bounded; a CONNECT beyond hears so, and may come when another has gone", async () => {
  await using app = await startApplication({ limits: { sessions: 1 } });
  const first = await admitted(app.mqttPort);
  expect(await returnCode(app.mqttPort)).toBe(3);
  first[Symbol.dispose]();
  await eventually(() => app.ended.length).toBe(1);
  expect(await returnCode(app.mqttPort)).toBe(0);
});

test("connections that are not admitted yet are bounded", async () => {
  await using app = await startApplication({ limits: { connecting: 2 } });
  using first = new RawClient(app.mqttPort);
  using second = new RawClient(app.mqttPort);
  first.send(connectPacket());
  await first.next("connack");
  using third = new RawClient(app.mqttPort);
  using fourth = new RawClient(app.mqttPort);
  await fourth.closed();
  for (const client of [second, third]) {
    client.send(connectPacket());
    await client.next("connack");
  }
});

test("a client of MQTT 5 hears that its version is not spoken, and one of MQTT 3.1 is welcome", async () => {
  await using app = await startApplication();
  expect(await returnCode(app.mqttPort, { protocolVersion: 5 })).toBe(1);
  expect(
    await returnCode(app.mqttPort, { protocolVersion: 3, protocolId: "MQIsdp", clientId: "x".repeat(40) }),
  ).toBe(0);
  expect(app.ended.length).toBeLessThanOrEqual(1);
});

test("a connection without a CONNECT is closed after 5 seconds", async () => {
  await using app = await startApplication();
  using silent = new RawClient(app.mqttPort);
  using slow = new RawClient(app.mqttPort);
  slow.write(Buffer.from([0x10]));
  const start = performance.now();
  await Promise.all([silent.closed(), slow.closed()]);
  expect(performance.now() - start).toBeGreaterThan(4_500);
  expect(app.ended).toEqual([]);
});

test("a second CONNECT, or another packet before the first, ends the connection", async () => {
  await using app = await startApplication();
  using twice = await admitted(app.mqttPort);
  twice.send(connectPacket());
  await twice.closed();
  for (const packet of [publish("rpc/Room/note", "[1]"), { cmd: "pingreq" } as const]) {
    using early = new RawClient(app.mqttPort);
    early.send(packet);
    await early.closed();
  }
  expect(app.notes).toEqual([]);
});

test("nothing is sent to a session before it has been admitted", async () => {
  await using app = await startApplication({
    async authenticate(_request, { session }) {
      await session.join("lobby");
      app.gateway.push(contracts.moved, { kind: "group", id: "lobby" }, 1);
      return "guest" as const;
    },
  });
  using client = new RawClient(app.mqttPort);
  client.send(connectPacket(), {
    cmd: "subscribe",
    messageId: 1,
    subscriptions: [{ topic: "on/#", qos: 0 }],
  });
  await client.until(() => client.packets.length > 0);
  expect(client.packets[0]?.cmd).toBe("connack");
  await client.next("suback");
  app.gateway.push(contracts.moved, { kind: "group", id: "lobby" }, 1);
  await client.next("publish");
});
