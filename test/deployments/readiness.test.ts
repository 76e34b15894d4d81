import { expect, test } from "vitest";
import { startApplication } from "../../runtime/process/application.js";
import { createLog } from "../../runtime/process/log.js";
import { scrape } from "../metrics/scrape.js";
import { defineConfig, defineSky } from "../process/garden/application.js";
import { useBroker } from "../setup/rabbitmq.js";

const broker = useBroker();

// ANTWIRE_TEST_AMQP_URL names a broker that others may use: it cannot be stopped.
test.skipIf(!broker.isOwn)("a process without a gateway is not ready while its broker is lost", async () => {
  const configured = defineConfig({
    modules: { sky: async () => ({ default: defineSky(() => ({ rain() {} })) }) },
    processes: { weather: { modules: ["sky"] } },
    amqp: { url: broker.url, application: "readiness" },
    metrics: { port: 0 },
  });
  const log = createLog("text", { write() {} });
  const application = await startApplication(configured, { process: "weather", log });
  const address = application.metricsAddress ?? "";
  const ready = async () => {
    const response = await fetch(`${address}/readyz`);
    return `${response.status} ${(await response.text()).trim()}`;
  };
  const patience = { timeout: 30_000 };
  expect(await ready()).toBe("200 ok");
  expect((await scrape(address)).value("antwire_broker_connected")).toBe(1);
  await broker.kill();
  await expect.poll(ready, patience).toBe("503 the broker is lost");
  expect((await scrape(address)).value("antwire_broker_connected")).toBe(0);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  await broker.start();
  await expect.poll(ready, patience).toBe("200 ok");
  await application.stop();
});
