import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { MetricsConfig } from "../../runtime/config/metrics-config.js";
import { mergeTexts } from "../../runtime/metrics/merge-texts.js";
import { type RunningApplication, startApplication } from "../../runtime/process/application.js";
import { loadConfig } from "../../runtime/process/load-config.js";
import { createLog } from "../../runtime/process/log.js";
import { defineConfig } from "../process/garden/application.js";
import { Player } from "../process/player.js";
import { scrape } from "./scrape.js";

const configFile = fileURLToPath(new URL("../process/garden/antwire.config.ts", import.meta.url));
const silent = createLog("text", { write() {} });

async function start(metrics: MetricsConfig | undefined, threads = 0) {
  const { application, config } = await loadConfig(configFile);
  const configured = { application, config: { ...config, ...(metrics && { metrics }) } };
  const running = await startApplication(configured, { http: 0, mqtt: 0, threads, configFile, log: silent });
  return { running, [Symbol.asyncDispose]: () => running.stop() };
}

function addressOf({ metricsAddress }: RunningApplication): string {
  if (metricsAddress === undefined) throw new Error("no metrics are told");
  return metricsAddress;
}

test("metrics tell calls by method and outcome, how long they took, refusals, sessions and connections", async () => {
  await using app = await start({ port: 0 });
  const address = addressOf(app.running);
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const before = await scrape(address);
  expect(before.value("antwire_sessions")).toBe(0);
  const player = await Player.connect(app.running.addresses.mqtt);
  await player.call("Garden/water");
  await player.call("Garden/water");
  await player.call("Garden/nothing");
  const { text, value } = await scrape(address);
  expect(value("antwire_sessions", { thread: "main" })).toBe(1);
  expect(value("antwire_connections")).toBe(1);
  expect(value("antwire_client_calls_total", { method: "Garden.water", outcome: "ok" })).toBe(2);
  expect(value("antwire_client_calls_total", { method: "", outcome: "not-found" })).toBe(1);
  expect(value("antwire_client_call_seconds_count", { method: "Garden.water" })).toBe(2);
  expect(value("antwire_client_call_seconds_bucket", { method: "Garden.water", le: "+Inf" })).toBe(2);
  expect(value("antwire_client_call_seconds_sum", { method: "Garden.water" })).toBeGreaterThanOrEqual(0);
  expect(value("antwire_client_calls_in_flight")).toBe(0);
  expect(value("antwire_refusals_total", { reason: "calls-per-second" })).toBe(0);
  expect(value("antwire_event_loop_lag_seconds", { quantile: "0.99" })).toBeGreaterThanOrEqual(0);
  expect(value("process_resident_memory_bytes")).toBeGreaterThan(1e6);
  expect(text).toContain("# TYPE antwire_client_call_seconds histogram");
  await player.leave();
});

test("what is refused is counted by its reason", async () => {
  await using app = await start({ port: 0 });
  const { mqtt } = app.running.addresses;
  const player = await Player.connect(mqtt);
  await Promise.all(Array.from({ length: 3 }, () => player.call("Garden/water")));
  const offender = await Player.connect(mqtt);
  offender.publish("a".repeat(500));
  await offender.gone;
  const { value } = await scrape(addressOf(app.running));
  expect(value("antwire_refusals_total", { reason: "topic" })).toBe(1);
  await player.leave();
});

test("all threads of a process are told at one port, each with its name", async () => {
  await using app = await start({ port: 0 }, 2);
  const player = await Player.connect(app.running.addresses.mqtt);
  await player.call("Garden/water");
  const { text, value } = await scrape(addressOf(app.running));
  const threads = new Set(
    [...text.matchAll(/^antwire_calls_running\{thread="([^"]+)"\}/gm)].map(([, name]) => name),
  );
  expect(threads.size).toBe(3);
  expect(value("antwire_client_calls_total", { method: "Garden.water", outcome: "ok", thread: "main" })).toBe(
    1,
  );
  // One head for each metric, or Prometheus takes none of it.
  const heads = [...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
  expect(new Set(heads).size).toBe(heads.length);
  await player.leave();
});

test("nothing is told anywhere unless the config says so, and never at the players' port", async () => {
  await using quiet = await start(undefined);
  expect(quiet.running.metricsAddress).toBeUndefined();
  await using app = await start({ port: 0 });
  const response = await fetch(`${app.running.addresses.http}/metrics`);
  expect(response.status).toBe(404);
  const elsewhere = await fetch(`${addressOf(app.running)}/mqtt`);
  expect(elsewhere.status).toBe(404);
});

test("a process may say for itself where it tells, or that it does not", async () => {
  const modules = { sky: async () => import("../process/garden/sky.js") };
  const config = (metrics: MetricsConfig | false) =>
    defineConfig({
      modules,
      metrics: { port: 1 },
      processes: { one: { modules: ["sky"], gateway: true, amqp: false, metrics } },
    });
  const options = { process: "one", http: 0, mqtt: 0, log: silent };
  const told = await startApplication(config({ port: 0 }), options);
  expect(told.metricsAddress).not.toMatch(/:1$/);
  await told.stop();
  const silentOne = await startApplication(config(false), options);
  expect(silentOne.metricsAddress).toBeUndefined();
  await silentOne.stop();
});

test("a taken port keeps the application from starting", async () => {
  await using app = await start({ port: 0 });
  const port = Number(new URL(addressOf(app.running)).port);
  await expect(start({ port })).rejects.toMatchObject({ code: "EADDRINUSE", port });
});

test("texts of several threads are merged by metric", () => {
  const one = '# HELP a A\n# TYPE a gauge\na{t="1"} 1\n\n# HELP b B\n# TYPE b gauge\nb{t="1"} 2\n';
  const two = '# HELP a A\n# TYPE a gauge\na{t="2"} 3\n';
  expect(mergeTexts([one, two])).toBe(
    '# HELP a A\n# TYPE a gauge\na{t="1"} 1\na{t="2"} 3\n\n# HELP b B\n# TYPE b gauge\nb{t="1"} 2\n',
  );
});
