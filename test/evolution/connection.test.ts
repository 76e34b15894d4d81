import { existsSync, readdirSync, readFileSync } from "node:fs";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { connectAsync } from "mqtt";
import { afterEach, expect, test } from "vitest";
import type { ConfiguredApplication } from "../../runtime/config/config.js";
import { startApplication } from "../../runtime/process/application.js";
import { createLog } from "../../runtime/process/log.js";
import { generateBoth, writeGenerated } from "./generate.js";
import * as now from "./new/generated/client.js";
import * as old from "./old/generated/client.js";
import { createJournal, newStore, oldShop, soldUntil } from "./stores.js";

const toClose: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

/** Starts the real gateway before the application and resolves with its address over TCP. */
async function start(configured: ConfiguredApplication): Promise<string> {
  const log = createLog("text", new PassThrough());
  const application = await startApplication(configured, { http: 0, mqtt: 0, log });
  toClose.push(() => application.stop());
  return application.addresses.mqtt;
}

async function connectOld(address: string): Promise<old.Game> {
  const game = await old.connect(address);
  toClose.push(() => game.close());
  return game;
}

async function connectNew(address: string): Promise<now.Game> {
  const game = await now.connect(address);
  toClose.push(() => game.close());
  return game;
}

const by = new Date("2026-04-01T08:00:00Z");

test("what is committed here is what the generator makes of the two versions, and nothing in it breaks", async () => {
  const both = generateBoth();
  for (const version of ["old", "new"] as const) {
    if (process.env.UPDATE_GOLDENS === "1") await writeGenerated(version, both[version]);
    const folder = fileURLToPath(new URL(`${version}/generated/`, import.meta.url));
    const present = existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length
      : 0;
    expect(present).toBe(both[version].files.size);
    for (const [path, text] of both[version].files) expect(readFileSync(folder + path, "utf8")).toBe(text);
  }
  expect(both.new.evolution.breaks).toEqual([]);
});

test("an old client calls a new server: fields moved, renamed, added and gone", async () => {
  const journal = createJournal();
  const game = await connectOld(await start(newStore(journal)));
  const order = { item: 3, count: 2, gift: "for Ann", by };
  expect(await game.shop.buy(order)).toEqual({ id: 3, title: "New lamp", price: 1999 });
  expect(journal.orders).toEqual([{ item: 3, amount: 2, by }]);
  expect(await game.shop.browse("top")).toEqual([{ id: 1, title: "top", price: 5 }]);
  expect(journal.pages).toEqual([undefined]);
});

test("an old client sends members of a union that has got another since", async () => {
  const journal = createJournal();
  const game = await connectOld(await start(newStore(journal)));
  expect(await game.shop.pay({ kind: "cash", coins: [1, 2] })).toBe("cash");
  expect(await game.shop.pay({ kind: "card", number: "42" })).toBe("card");
  expect(journal.payments).toEqual([
    { kind: "cash", coins: [1, 2] },
    { kind: "card", number: "42" },
  ]);
});

test("an old client catches a failure by the class that it knows, though the server calls it otherwise", async () => {
  const game = await connectOld(await start(newStore(createJournal())));
  const failure: unknown = await game.shop.buy({ item: 3, count: 101, by }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(old.SoldOut);
  expect(failure).toMatchObject({ left: 7, until: soldUntil, message: "There is not enough left." });
});

test("an old client hears a push that has another name in the source", async () => {
  const game = await connectOld(await start(newStore(createJournal())));
  const heard: unknown[] = [];
  game.shop.sold.on((item) => heard.push(item));
  await game.shop.buy({ item: 4, count: 1, by });
  await expect.poll(() => heard).toEqual([{ id: 4, title: "New lamp", price: 1999 }]);
});

test("an old client that waits for nothing is served by a method that is answered now", async () => {
  const journal = createJournal();
  const game = await connectOld(await start(newStore(journal)));
  game.shop.hint("left");
  game.shop.hint("fail");
  game.shop.hint("right");
  expect(await game.shop.browse("top")).toHaveLength(1);
  expect(journal.hints).toEqual(["left", "fail", "right"]);
});

test("a new client calls an old server: what it does not know stays behind", async () => {
  const journal = createJournal();
  const game = await connectNew(await start(oldShop(journal)));
  const purchase = { item: 3, amount: 2, by, wrap: null };
  expect(await game.store.order(purchase, "coupon")).toEqual({ id: 3, name: "Old lamp", price: 1999 });
  expect(journal.orders).toEqual([{ item: 3, count: 2, by }]);
  expect(await game.store.browse("top", 2)).toEqual([{ id: 1, name: "top", price: 5 }]);
  expect(await game.store.pay({ kind: "cash", coins: [5] })).toBe("cash");
});

test("a new client hears of failures and pushes of an old server under the new names", async () => {
  const game = await connectNew(await start(oldShop(createJournal())));
  const heard: unknown[] = [];
  game.store.offered.on((item) => heard.push(item));
  await game.store.order({ item: 4, amount: 1, by });
  await expect.poll(() => heard).toEqual([{ id: 4, name: "Old lamp", price: 1999 }]);
  const failure: unknown = await game.store
    .order({ item: 3, amount: 101, by })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(now.OutOfStock);
  expect(failure).toMatchObject({ left: 7, again: soldUntil });
});

test("an old server refuses what only a new client can say", async () => {
  const game = await connectNew(await start(oldShop(createJournal())));
  const refusal = game.store.pay({ kind: "voucher", code: "x" });
  await expect(refusal).rejects.toMatchObject({ code: "invalid-argument" });
});

test("JSON keeps the old names of all that was renamed", async () => {
  const journal = createJournal();
  const client = await connectAsync(await start(newStore(journal)));
  toClose.push(() => client.endAsync(true));
  const heard = new Map<string, unknown>();
  client.on("message", (topic, payload) => heard.set(topic, JSON.parse(payload.toString())));
  await client.subscribeAsync("json/on/Shop/sold");
  const call = (id: string, count: number) =>
    client.publish(`rpc/Shop/buy/${id}`, JSON.stringify({ order: { item: 3, count, by: by.getTime() } }));
  call("good", 2);
  call("bad", 101);
  const item = { id: 3, title: "New lamp", price: 1999, tags: ["bright"] };
  await expect.poll(() => heard.get("re/good")).toEqual({ ok: item });
  await expect.poll(() => heard.get("json/on/Shop/sold")).toEqual(item);
  const details = { type: "SoldOut", left: 7, until: soldUntil.getTime() };
  await expect.poll(() => heard.get("re/bad")).toMatchObject({ error: { code: "failed", details } });
  expect(journal.orders[0]).toEqual({ item: 3, amount: 2, by });
});
