import { expect, test } from "vitest";
import { startApplication } from "../../runtime/process/application.js";
import { createLog } from "../../runtime/process/log.js";
import { deferred } from "../call/stage.js";
import { defineConfig, defineGarden } from "../process/garden/application.js";
import { Player } from "../process/player.js";

const log = createLog("text", { write() {} });

async function ask(address: string, path: string): Promise<[status: number, text: string]> {
  const response = await fetch(`${address}${path}`);
  return [response.status, await response.text()];
}

test("a process is well from the beginning, and ready once it listens and until it stops", async () => {
  const watered = deferred<void>();
  const answers: unknown[] = [];
  // Reads while it starts, where nobody has the application yet.
  const port = await freePort();
  const metrics = `http://127.0.0.1:${port}`;
  const configured = defineConfig({
    modules: {
      garden: async () => ({
        default: defineGarden(({ onStart }) => {
          onStart(async () => {
            answers.push(await ask(metrics, "/healthz"), await ask(metrics, "/readyz"));
          });
          return { water: () => watered.promise };
        }),
      }),
    },
    metrics: { port },
  });
  const application = await startApplication(configured, { http: 0, mqtt: 0, log });
  expect(answers).toEqual([
    [200, "ok\n"],
    [503, "starting\n"],
  ]);
  const { http, mqtt } = application.addresses;
  for (const address of [http, metrics]) {
    expect(await ask(address, "/healthz")).toEqual([200, "ok\n"]);
    expect(await ask(address, "/readyz?x=1")).toEqual([200, "ok\n"]);
    expect((await fetch(`${address}/readyz`, { method: "HEAD" })).status).toBe(200);
  }
  const player = await Player.connect(mqtt);
  const call = player.call("Garden/water");
  await expect
    .poll(() => ask(metrics, "/metrics").then(([, text]) => text))
    .toContain('antwire_client_calls_in_flight{thread="main"} 1');
  const stopping = application.stop();
  await expect.poll(() => ask(metrics, "/readyz")).toEqual([503, "stopping\n"]);
  expect(await ask(metrics, "/healthz")).toEqual([200, "ok\n"]);
  watered.resolve();
  expect(await call).toEqual({ ok: null });
  await stopping;
  await expect(ask(metrics, "/healthz")).rejects.toThrow();
});

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("a port has an address");
  return address.port;
}
