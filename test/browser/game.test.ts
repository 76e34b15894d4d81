import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type GameServer, startGame } from "../setup/game-server.js";
import { countColours, launchBrowser, openGame, playerName, whenMoving } from "./browser.js";
import { watchArena } from "./spectator.js";

let browser: Browser;
let game: GameServer;

beforeAll(async () => {
  browser = await launchBrowser();
  game = await startGame();
});

afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

afterAll(async () => {
  await browser.close();
  await game.stop();
});

test("the page shows ants moving, before anybody touches a key", async () => {
  const { page, errors, elsewhere } = await openGame(browser, game.page);
  // Three seconds are promised. Both cores may have other things to do here, so it is told, not tested.
  console.info(`Ants moved ${Math.round(await whenMoving(page))} ms after loading.`);
  expect(await countColours(page)).toBeGreaterThan(500);
  // The ten best, and the player below them where the bots have left no place.
  await expect
    .poll(() => page.locator("#ranking li").count(), { timeout: 20_000 })
    .toBeGreaterThanOrEqual(10);
  expect(errors).toEqual([]);
  expect(elsewhere).toEqual([]);
});

test("what one player says, the other reads", async () => {
  const [ann, bert] = [await openGame(browser, game.page), await openGame(browser, game.page)];
  await Promise.all([whenMoving(ann.page), whenMoving(bert.page)]);
  const name = await playerName(ann.page);
  await ann.page.fill("#say-field", "Hello over there <b>!</b>");
  await ann.page.press("#say-field", "Enter");

  const line = bert.page.locator("#lines li", { hasText: "Hello over there" });
  await line.waitFor();
  expect(await line.textContent()).toBe(`${name}Hello over there <b>!</b>`);
  expect([...ann.errors, ...bert.errors]).toEqual([]);
});

test("keys and the pointer steer the player's own ant", async () => {
  const spectator = await watchArena(game);
  const { page, errors } = await openGame(browser, game.page);
  await whenMoving(page);
  const name = await playerName(page);
  const direction = () => {
    const heading = spectator.heading(name);
    return heading === undefined
      ? "nowhere"
      : `${Math.sign(round(Math.cos(heading)))},${Math.sign(round(Math.sin(heading)))}`;
  };
  const round = (value: number) => (Math.abs(value) < 0.2 ? 0 : value);

  for (const [key, expected] of [
    ["ArrowLeft", "-1,0"],
    ["ArrowUp", "0,-1"],
    ["KeyD", "1,0"],
    ["KeyS", "0,1"],
  ] as const) {
    await page.keyboard.down(key);
    await expect.poll(direction, { timeout: 20_000 }).toBe(expected);
    await page.keyboard.up(key);
  }
  await page.mouse.move(5, 300); // Left of every place where the ant may be.
  await expect.poll(() => Math.cos(spectator.heading(name) ?? 0), { timeout: 20_000 }).toBeLessThan(-0.2);
  expect(errors).toEqual([]);
  await spectator.close();
});

test("a player may take another name, and nobody two have one", async () => {
  const [ann, bert] = [await openGame(browser, game.page), await openGame(browser, game.page)];
  await Promise.all([whenMoving(ann.page), whenMoving(bert.page)]);
  for (const { page } of [ann, bert]) {
    await page.click("#rename");
    await page.fill("#name-field", "Only one");
    await page.press("#name-field", "Enter");
    if (page === ann.page) await expect.poll(() => playerName(page)).toBe("Only one");
  }
  await bert.page.locator("#name-error:not(:empty)").waitFor();
  expect(await playerName(bert.page)).not.toBe("Only one");
});

test("the page fits a phone", async () => {
  const { page, errors } = await openGame(browser, game.page, { width: 390, height: 780 });
  await whenMoving(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  expect(errors).toEqual([]);
});

test("when the server went away and came back, the page plays on without being loaded again", async () => {
  const first = await startGame();
  const { page, errors } = await openGame(browser, first.page);
  await whenMoving(page);
  const name = await playerName(page);
  await page.evaluate(() => {
    document.body.dataset.loaded = "once";
  });
  await first.kill();
  await page.locator("#notice").waitFor({ state: "visible" });

  const second = await startGame({ http: first.httpPort, mqtt: first.mqttPort });
  await page.locator("#notice").waitFor({ state: "hidden", timeout: 30_000 });
  await whenMoving(page);
  const { page: other } = await openGame(browser, second.page);
  await whenMoving(other);
  await page.fill("#say-field", "I am still here");
  await page.press("#say-field", "Enter");
  await other.locator("#lines li", { hasText: "I am still here" }).waitFor();

  expect(await page.evaluate(() => document.body.dataset.loaded)).toBe("once");
  expect(await playerName(page)).toBe(name);
  // The browser itself logs each attempt that found nobody.
  expect(errors.filter((error) => !/WebSocket connection|ERR_CONNECTION/.test(error))).toEqual([]);
  await page.context().close();
  await second.stop();
});
