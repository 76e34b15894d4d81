import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startServer } from "../fuzz/server.js";
import { startApplication } from "../gateway/application.js";
import { connectPacket, RawClient } from "../gateway/raw-client.js";

const players = 2_000;

/** How a player fared on the way in. */
interface Entry {
  readonly client: RawClient;
  /** What it was told to wait, in milliseconds, each time. */
  readonly waits: readonly number[];
}

/**
 * Connects and calls, and does as it is told where it is to come later. Rejects where it is not told: where the
 * connection is closed without an answer, or the answer is another.
 */
async function enter(port: number, method: string, name: string): Promise<Entry> {
  const waits: number[] = [];
  for (;;) {
    const client = new RawClient(port);
    client.send(connectPacket({ clientId: name }));
    const { returnCode } = await client.next("connack");
    if (returnCode === 0) {
      await call(client, method, name, waits);
      return { client, waits };
    }
    expect(returnCode).toBe(3);
    client[Symbol.dispose]();
    // Return code 3 says "later" and not when; the generated client begins with about as long.
    const wait = 500 + Math.random() * 1_000;
    waits.push(wait);
    await sleep(wait);
  }
}

async function call(client: RawClient, method: string, name: string, waits: number[]): Promise<void> {
  for (let id = 1; ; id++) {
    client.publish(`rpc/${method}/${id}`, JSON.stringify([name]));
    const answer = (await client.json()) as {
      error?: { code: string; details?: { retryAfterMs: number } };
    };
    if (answer.error === undefined) return;
    expect(answer.error.code).toBe("resource-exhausted");
    const wait = answer.error.details?.retryAfterMs ?? 0;
    expect(wait).toBeGreaterThan(0);
    waits.push(wait);
    await sleep(wait);
  }
}

/** Has all players come at once, which is more than two seconds' worth, and resolves when all are in. */
async function storm(port: number, method: string): Promise<readonly Entry[]> {
  const began = performance.now();
  const coming: Promise<Entry>[] = [];
  for (let number = 0; number < players; number++) coming.push(enter(port, method, `player ${number}`));
  const entries = await Promise.all(coming);
  const told = entries.filter(({ waits }) => waits.length > 0).length;
  const took = Math.round(performance.now() - began);
  console.log(`${players} players were in after ${took} ms; ${told} of them had been told to come later`);
  return entries;
}

test("2,000 players who come at once all get in", { timeout: 120_000 }, async () => {
  const server = await startServer();
  const entries = await storm(server.port, "Play/enter");
  expect(new Set(entries.map(({ client }) => client)).size).toBe(players);
  // They are all still there.
  await Promise.all(entries.map(({ client }) => client.settle()));
  for (const { client } of entries) client[Symbol.dispose]();
  server.running.process.kill("SIGTERM");
  expect(await server.running.ended).toBe(0);
});

test("where there are more than a server takes at a time, each is told to come later, and gets in then", {
  timeout: 120_000,
}, async () => {
  let isFull = (): boolean => false;
  await using app = await startApplication({
    limits: { authenticating: 50, authenticationQueue: 200, authenticationMs: 60_000, callsInAll: 2 },
    // Nobody is decided on before the line has been too long for many, however fast the machine is.
    async authenticate() {
      while (!isFull()) await sleep(10);
      return "guest" as const;
    },
  });
  isFull = () => app.gateway.refusals["authentication-queue"] > 500;
  const entries = await storm(app.mqttPort, "Room/enter");
  expect(entries.some(({ waits }) => waits.length > 0)).toBe(true);
  expect(app.gateway.look().sessions).toBe(players);
  await Promise.all(entries.map(({ client }) => client.settle()));
  for (const { client } of entries) client[Symbol.dispose]();
});
