import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type TestApp, testApp } from "antwire/testing";
import config from "../antwire.config.js";
import { BedTaken, Game, NameTaken } from "../generated/client.js";
import type { Rpc } from "../generated/server.js";

// The whole game in this process: without ports, and with a clock that stands still until it is told otherwise.
let app: TestApp<Rpc, Game>;

before(async () => {
  app = await testApp(config, { client: Game });
});

after(() => app.stop());

test("what one plants, the others see", async () => {
  const ann = await app.client();
  const bert = await app.client();
  await ann.players.enter("Ann");
  const seen: string[] = [];
  bert.garden.planted.on(({ by, bed }) => seen.push(`${by} in ${bed}`));

  const { hue } = await ann.garden.plant(8);
  await app.settled();

  assert.deepEqual(seen, ["Ann in 8"]);
  assert.deepEqual(await bert.garden.look(), [{ bed: 8, by: "Ann", hue }]);
});

test("a bed has one flower at a time, for half a minute", async () => {
  const carl = await app.client();
  await carl.players.enter("Carl");
  await carl.garden.plant(9);
  await assert.rejects(carl.garden.plant(9), new BedTaken({ bed: 9, by: "Carl" }));

  await app.clock.advance(30_000);
  await carl.garden.plant(9);
});

test("a name is for one", async () => {
  const dora = await app.client();
  const other = await app.client();
  await dora.players.enter("Dora");
  await assert.rejects(other.players.enter("Dora"), NameTaken);
});

test("only players plant", async () => {
  const guest = await app.client();
  await assert.rejects(guest.garden.plant(1), { code: "unauthenticated" });
});
