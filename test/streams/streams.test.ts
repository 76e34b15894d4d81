import mqtt from "mqtt";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type RunningApplication, startApplication } from "../../runtime/process/application.js";
import { connect, type Game } from "../golden/streams/expected/client.js";
import { defineConfig, defineStreams } from "../golden/streams/expected/server.js";

// Streams from a handler to a client, over the real gateway and the generated code.

let application: RunningApplication;
let made = 0;
let ended = 0;
let aborted = 0;
let failAt = Number.POSITIVE_INFINITY;

const streams = defineStreams(() => ({
  async *ticks(_session, every, call) {
    call.signal.addEventListener("abort", () => aborted++);
    try {
      for (let number = 0; number < (every ?? Number.POSITIVE_INFINITY); number++) {
        if (number === failAt) throw new Error("broken");
        made++;
        yield { at: new Date(number), number };
      }
    } finally {
      ended++;
    }
  },
  async *words() {
    yield "one";
  },
  async *numbers() {
    yield [1];
  },
}));

beforeEach(async () => {
  made = 0;
  ended = 0;
  aborted = 0;
  failAt = Number.POSITIVE_INFINITY;
  application = await startApplication(
    defineConfig({ modules: { streams: async () => ({ default: streams }) } }),
    { http: 0, mqtt: 0 },
  );
});

afterEach(() => application.stop());

describe.each(["mqtt", "ws"] as const)("over %s", (protocol) => {
  let game: Game;

  beforeEach(async () => {
    const { http, mqtt } = application.addresses;
    game = await connect(protocol === "mqtt" ? mqtt : new URL("/mqtt", http));
  });

  afterEach(() => game.close());

  test("all items come, in order, and then the end", async () => {
    const numbers: number[] = [];
    for await (const tick of game.streams.ticks(5_000)) {
      expect(tick.at).toEqual(new Date(tick.number));
      numbers.push(tick.number);
    }
    expect(numbers).toEqual(Array.from({ length: 5_000 }, (_, i) => i));
    expect(ended).toBe(1);
  });

  test("break ends the handler, which runs its finally", async () => {
    for await (const tick of game.streams.ticks()) if (tick.number === 3) break;
    await vi.waitFor(() => expect([ended, aborted]).toEqual([1, 1]));
  });

  test("an aborted signal ends both sides", async () => {
    const controller = new AbortController();
    const reading = (async () => {
      for await (const tick of game.streams.ticks(undefined, { signal: controller.signal })) {
        if (tick.number === 3) controller.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: "cancelled" });
    await vi.waitFor(() => expect(ended).toBe(1));
  });

  test("a reader that takes its time holds the handler, and misses nothing", async () => {
    const items = game.streams.ticks()[Symbol.asyncIterator]();
    await items.next();
    let before = -1;
    // Until no more come by themselves.
    await vi.waitFor(
      () => {
        const now = made;
        const held = now === before;
        before = now;
        expect(held).toBe(true);
      },
      { interval: 100, timeout: 5_000 },
    );
    expect(made).toBeLessThan(20_000);
    const seen: number[] = [];
    const count = made + 200;
    for (let i = 0; i < count; i++) seen.push((await items.next()).value?.number ?? -1);
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, i) => i + 1));
    await items.return?.();
    await vi.waitFor(() => expect(ended).toBe(1));
  });

  test("a fault ends the stream after the items before it", async () => {
    failAt = 2;
    const numbers: number[] = [];
    const reading = (async () => {
      for await (const tick of game.streams.ticks()) numbers.push(tick.number);
    })();
    await expect(reading).rejects.toMatchObject({ code: "internal" });
    expect(numbers).toEqual([0, 1]);
  });

  test("a connection that goes ends the handler", async () => {
    await game.streams.ticks()[Symbol.asyncIterator]().next();
    await game.close();
    await vi.waitFor(() => expect(ended).toBe(1));
  });

  test("who may not call may not stream", async () => {
    const words = game.streams.words()[Symbol.asyncIterator]();
    await expect(words.next()).rejects.toMatchObject({ code: "unauthenticated" });
  });
});

test("a stock client reads a stream in JSON and cancels it", async () => {
  const client = await mqtt.connectAsync(application.addresses.mqtt, { reconnectPeriod: 0 });
  const replies: string[] = [];
  client.on("message", (topic, payload) => replies.push(`${topic} ${payload}`));
  client.publish("rpc/Streams/ticks/a", "[2]");
  await vi.waitFor(() =>
    expect(replies).toEqual([
      're/a {"next":{"at":0,"number":0}}',
      're/a {"next":{"at":1,"number":1}}',
      're/a {"done":true}',
    ]),
  );
  client.publish("rpc/Streams/ticks/b", "[]");
  await vi.waitFor(() => expect(replies.length).toBeGreaterThan(10));
  client.publish("cancel/b", "");
  await vi.waitFor(() => expect(replies.at(-1)).toContain('"code":"cancelled"'));
  await vi.waitFor(() => expect(ended).toBe(2));
  await client.endAsync();
});
