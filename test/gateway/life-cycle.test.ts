import { createServer } from "node:net";
import { expect, test } from "vitest";
import { startApplication } from "./application.js";
import { eventually } from "./eventually.js";
import { admitted, connectPacket, RawClient } from "./raw-client.js";

/** Tells whether a port can be listened on. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

test("a taken port is Node's error, and nothing is left open", async () => {
  await using app = await startApplication();
  const httpPort = Number(new URL(app.http).port);
  const freed = await startApplication();
  await freed.gateway.close();
  expect(await isFree(freed.mqttPort)).toBe(true);
  await expect(startApplication({ mqtt: freed.mqttPort, http: httpPort })).rejects.toMatchObject({
    code: "EADDRINUSE",
    port: httpPort,
  });
  expect(await isFree(freed.mqttPort)).toBe(true);
  await expect(startApplication({ mqtt: app.mqttPort })).rejects.toMatchObject({
    code: "EADDRINUSE",
    port: app.mqttPort,
  });
});

test("it listens on loopback unless told otherwise, and tells addresses that one can connect to", async () => {
  await using app = await startApplication();
  expect(app.http).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await using everywhere = await startApplication({ host: "0.0.0.0" });
  expect(everywhere.http).toMatch(/^http:\/\/localhost:\d+$/);
  const response = await fetch(everywhere.http);
  expect(response.status).toBe(404);
});

test("after it stopped accepting, nobody comes in, and calls in flight are answered", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  using late = new RawClient(app.mqttPort);
  client.publish("rpc/Room/wait/1");
  await client.settle();
  await app.gateway.stopAccepting();
  late.send(connectPacket());
  expect(await late.next("connack")).toMatchObject({ returnCode: 3 });
  using refused = new RawClient(app.mqttPort);
  await refused.closed();
  app.waiting[0]?.finish(7);
  expect(await client.json()).toEqual({ ok: 7 });
});

test("closing ends every session, delivers what was sent, and may be repeated", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.publish("rpc/Room/note/1", "[1]");
  await eventually(() => app.notes.length).toBe(1);
  await app.gateway.close();
  await client.closed();
  expect(client.packets).toHaveLength(1);
  expect(app.ended).toHaveLength(1);
  await app.gateway.close();
});

test("a client that takes nothing does not hold up the closing", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort);
  client.stopReading();
  client.publish("rpc/Room/flood/1", "[20000000]");
  await eventually(() => app.sessions.length).toBe(1);
  await app.gateway.close();
  expect(app.ended).toHaveLength(1);
});

test("thousands of sessions that came and went leave nothing behind", async () => {
  await using app = await startApplication({ limits: { sessions: 20 } });
  for (let round = 0; round < 10; round++) {
    const clients = await Promise.all(Array.from({ length: 20 }, () => admitted(app.mqttPort)));
    await Promise.all(clients.map((client) => client.subscribe("on/#")));
    for (const client of clients) client[Symbol.dispose]();
    // Only when all are gone, is there room for the next ones.
    await eventually(() => app.ended.length).toBe((round + 1) * 20);
  }
});
