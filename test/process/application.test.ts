import { createServer } from "node:net";
import { PassThrough } from "node:stream";
import { afterEach, expect, test } from "vitest";
import type { Config } from "../../runtime/config/config.js";
import type { ModuleContext } from "../../runtime/module/define-module.js";
import { type RunningApplication, startApplication } from "../../runtime/process/application.js";
import { createLog } from "../../runtime/process/log.js";
import { deferred } from "../call/stage.js";
import { defineConfig, defineGarden, defineSky, type Rpc } from "./garden/application.js";
import { Player } from "./player.js";

const toClose: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

/** The garden with a journal of what happens in it. */
class Play {
  readonly lines: string[] = [];
  readonly watering: AbortSignal[] = [];
  readonly #log = new PassThrough();
  /** What watering waits for. */
  water: (rpc: Rpc) => Promise<void> = async () => {};
  readonly breaks = new Set<string>();

  async start(config: Partial<Config<"garden" | "sky", Rpc>> = {}): Promise<RunningApplication> {
    const configured = defineConfig({
      modules: {
        sky: async () => ({
          default: defineSky((context) => {
            this.#live("sky", context);
            return { rain: () => this.note("it rains") };
          }),
        }),
        garden: async () => ({
          default: defineGarden((context) => {
            this.#live("garden", context);
            return { water: () => this.water(context.rpc) };
          }),
        }),
      },
      ...config,
    });
    const application = await startApplication(configured, {
      http: 0,
      mqtt: 0,
      log: createLog("text", this.#log),
    });
    toClose.push(() => application.stop().catch(() => {}));
    return application;
  }

  async player(application: RunningApplication): Promise<Player> {
    const player = await Player.connect(application.addresses.mqtt);
    toClose.push(() => player.leave());
    return player;
  }

  get logged(): string {
    return String(this.#log.read() ?? "");
  }

  note(line: string): void {
    this.lines.push(line);
    if (this.breaks.has(line)) throw new Error(`breaks: ${line}`);
  }

  #live(name: string, { onStart, onStop, onSessionEnd }: ModuleContext<Rpc, object>): void {
    onStart(() => this.note(`${name} starts`));
    onStop(() => this.note(`${name} stops`));
    onSessionEnd(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20)); // As a database takes to save a player.
      this.note(`${name} hears of the end of a session`);
    });
  }
}

test("an application starts its modules, listens, and is ready; a client's call reaches them", async () => {
  const play = new Play();
  const heard: unknown[] = [];
  const application = await play.start({
    onReady: (addresses) => {
      heard.push(addresses);
      play.note("ready");
      return undefined;
    },
  });
  expect(play.lines).toEqual(["sky starts", "garden starts", "ready"]);
  expect(heard).toEqual([application.addresses]);
  play.water = (rpc) => rpc.rain();
  const player = await play.player(application);
  expect(await player.call("Garden/water")).toEqual({ ok: null });
  expect(play.lines.at(-1)).toBe("it rains");
});

test("a stop cleans up, lets calls end, ends the sessions, and stops the modules in reverse", async () => {
  const play = new Play();
  const application = await play.start({ onReady: () => () => play.note("clean-up") });
  const player = await play.player(application);
  const started = deferred<void>();
  const rainEnds = deferred<void>();
  play.water = async (rpc) => {
    started.resolve();
    await rainEnds.promise;
    await rpc.rain();
  };
  const reply = player.call("Garden/water");
  await started.promise;
  play.lines.length = 0;

  const stopped = application.stop();
  expect(application.stop()).toBe(stopped);
  await expect.poll(() => play.lines).toEqual(["clean-up"]);
  expect(await player.call("Garden/water")).toMatchObject({ error: { code: "unavailable" } });
  await expect(Player.connect(application.addresses.mqtt)).rejects.toThrow();
  expect(play.lines).toEqual(["clean-up"]);

  rainEnds.resolve();
  expect(await reply).toEqual({ ok: null });
  await stopped;
  await player.gone;
  expect(play.lines).toEqual([
    "clean-up",
    "it rains",
    "sky hears of the end of a session",
    "garden hears of the end of a session",
    "garden stops",
    "sky stops",
  ]);
});

test("a call that takes longer than the grace is ended with the server", async () => {
  const play = new Play();
  const application = await play.start({ grace: 50 });
  const player = await play.player(application);
  const started = deferred<void>();
  play.water = () => {
    started.resolve();
    return new Promise(() => {});
  };
  const reply = player.call("Garden/water");
  await started.promise;
  await application.stop();
  expect(await reply).toMatchObject({ error: { code: "unavailable" } });
  expect(play.logged).toContain("Calls that took longer than 50 ms were ended with the server");
});

test.each([
  ["a module", "sky starts", "The module Sky did not start", ["sky starts", "garden stops", "sky stops"]],
  [
    "onReady",
    "ready",
    "breaks: ready",
    ["sky starts", "garden starts", "ready", "garden stops", "sky stops"],
  ],
])("when %s breaks, nothing is left running", async (_, line, message, lines) => {
  const play = new Play();
  play.breaks.add(line);
  let listened: string | undefined;
  const start = play.start({
    onReady: ({ http }) => {
      listened = http;
      play.note("ready");
      return undefined;
    },
  });
  await expect(start).rejects.toThrow(message);
  expect(play.lines).toEqual(lines);
  if (listened !== undefined) await expect(fetch(listened)).rejects.toThrow();
});

test("a taken port rejects with Node's error, and the modules are stopped", async () => {
  const play = new Play();
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  toClose.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const configured = defineConfig({
    modules: {
      sky: async () => ({
        default: defineSky(({ onStop }) => {
          onStop(() => play.note("sky stops"));
          return { rain() {} };
        }),
      }),
    },
  });
  await expect(startApplication(configured, { http: port, mqtt: 0 })).rejects.toMatchObject({
    code: "EADDRINUSE",
    port,
  });
  expect(play.lines).toEqual(["sky stops"]);
});

test("whatever breaks during a stop is told, and everything else is stopped all the same", async () => {
  const play = new Play();
  for (const line of ["clean-up", "garden stops"]) play.breaks.add(line);
  const application = await play.start({ onReady: () => () => play.note("clean-up") });
  const error: unknown = await application.stop().catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    errors: [
      { message: "What onReady returned failed", cause: { message: "breaks: clean-up" } },
      { message: "The module Garden did not stop cleanly", cause: { message: "breaks: garden stops" } },
    ],
  });
  expect(play.lines.at(-1)).toBe("sky stops");
  await expect(fetch(application.addresses.http)).rejects.toThrow();
});

test("a module of the IDL that the config leaves out is told of at the start", async () => {
  const play = new Play();
  const application = await play.start({
    modules: { garden: async () => ({ default: defineGarden(() => ({ water() {} })) }) },
  });
  expect(play.logged).toContain(
    "The config's `modules` have no sky: calls to Sky will end with `unavailable`",
  );
  await application.stop();
});
