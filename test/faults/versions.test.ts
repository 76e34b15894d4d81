import { afterAll, beforeAll, expect, test } from "vitest";
import type { ConfiguredApplication } from "../../runtime/config/config.js";
import { type RunningApplication, startApplication } from "../../runtime/process/application.js";
import * as now from "../evolution/new/generated/client.js";
import * as old from "../evolution/old/generated/client.js";
import { createJournal, newStore, oldShop } from "../evolution/stores.js";
import { useBroker } from "../setup/rabbitmq.js";
import type { Running } from "../setup/run.js";
import { end, launch, nameApplication, quiet, whenReady } from "./launch.js";
import { deploy } from "./versions/deploy.js";

// In the midst of a rolling deployment: modules, gateways and clients of both versions, and all meet all.
const amqp = { url: useBroker().url, application: nameApplication() };
const gateways: RunningApplication[] = [];
const modules: Running[] = [];
const games: { close(): Promise<void> }[] = [];
let oldGames: old.Game[] = [];
let newGames: now.Game[] = [];

beforeAll(async () => {
  const launched = ["old", "new"].map((version) =>
    launch({ process: "shop", config: `versions/${version}.config.ts`, ...amqp }),
  );
  modules.push(...(await Promise.all(launched.map(whenReady))));
  gateways.push(await startGateway(deploy(oldShop(createJournal()), "shop")));
  gateways.push(await startGateway(deploy(newStore(createJournal()), "store")));
  oldGames = await Promise.all(gateways.map(({ addresses }) => old.connect(addresses.mqtt)));
  newGames = await Promise.all(gateways.map(({ addresses }) => now.connect(addresses.mqtt)));
  games.push(...oldGames, ...newGames);
});

afterAll(async () => {
  await Promise.all(games.map((game) => game.close()));
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await Promise.all(modules.map((running) => end(running, "SIGTERM")));
});

function startGateway({ application, config }: ConfiguredApplication): Promise<RunningApplication> {
  const configured = { application, config: { ...config, amqp } };
  return startApplication(configured, { process: "edge", http: 0, mqtt: 0, log: quiet });
}

const by = new Date("2026-04-01T08:00:00Z");
const answers = { old: "Old lamp", new: "New lamp" };

test("clients of both versions are answered by modules of both, through gateways of both", async () => {
  for (const { shop } of oldGames) {
    const items = await many(() => shop.buy({ item: 3, count: 2, by }));
    expect(new Set(items.map(({ title }) => title))).toEqual(new Set(Object.values(answers)));
  }
  for (const { store } of newGames) {
    const items = await many(() => store.order({ item: 3, amount: 2, by }, "coupon"));
    expect(new Set(items.map(({ name }) => name))).toEqual(new Set(Object.values(answers)));
  }
});

test("each catches a failure by the class that it knows", async () => {
  for (const { shop } of oldGames) {
    const failures = await many(() => shop.buy({ item: 3, count: 101, by }).catch((error: unknown) => error));
    for (const failure of failures) expect(failure).toBeInstanceOf(old.SoldOut);
  }
  for (const { store } of newGames) {
    const failures = await many(() => store.order({ item: 3, amount: 101, by }).catch((error) => error));
    for (const failure of failures) expect(failure).toBeInstanceOf(now.OutOfStock);
  }
});

test("each hears what the modules of both versions push", async () => {
  const heard = [
    ...oldGames.map(({ shop }) => listen((hear) => shop.sold.on(({ title }) => hear(title)))),
    ...newGames.map(({ store }) => listen((hear) => store.offered.on(({ name }) => hear(name)))),
  ];
  const [game] = oldGames;
  await expect
    .poll(async () => {
      await game?.shop.buy({ item: 4, count: 1, by });
      return heard.map((titles) => titles.size);
    })
    .toEqual([2, 2, 2, 2]);
});

test("a method that is one-way in one version is called by the other", async () => {
  for (const { shop } of oldGames) await many(async () => shop.hint("left"));
  for (const { store } of newGames) await many(() => store.hint("right"));
});

/** As often as it takes to be answered by everybody. */
function many<T>(call: () => Promise<T>): Promise<T[]> {
  return Promise.all(
    Array.from({ length: 10 }, async (_, index) => {
      // Calls that are made at the same time would travel together.
      await new Promise((resolve) => setTimeout(resolve, index * 10));
      return call();
    }),
  );
}

/** What is heard from now on. */
function listen(begin: (hear: (title: string) => void) => void): ReadonlySet<string> {
  const titles = new Set<string>();
  begin((title) => titles.add(title));
  return titles;
}
