import { expect, test } from "vitest";
import { startApplication } from "./application.js";
import { admitted } from "./raw-client.js";

test("a client that is silent for one and a half times as long as it promised is disconnected", async () => {
  await using app = await startApplication();
  using client = await admitted(app.mqttPort, { keepalive: 1 });
  const start = performance.now();
  await client.closed();
  expect(performance.now() - start).toBeGreaterThan(1_490);
});

test("any packet is a sign of life, calls too", async () => {
  await using app = await startApplication();
  using pinging = await admitted(app.mqttPort, { keepalive: 1 });
  using calling = await admitted(app.mqttPort, { keepalive: 1 });
  for (let i = 0; i < 9; i++) {
    pinging.send({ cmd: "pingreq" });
    calling.publish("rpc/Room/note", "[1]");
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect([pinging.isClosed, calling.isClosed]).toEqual([false, false]);
});

test("a guest who promised nothing is closed after a while, a user is not", async () => {
  await using app = await startApplication({ limits: { guestIdle: 1 } });
  using guest = await admitted(app.mqttPort);
  using user = await admitted(app.mqttPort);
  user.publish("rpc/Room/enter/1", '["Ann"]');
  await user.next("publish");
  await guest.closed();
  await user.settle();
});
