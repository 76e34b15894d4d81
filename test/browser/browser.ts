import { type Browser, chromium, type Page } from "playwright-core";
import { toolPath } from "../setup/tools.js";

/** Debian's Chromium, without a screen and without anything that would reach out of this machine. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: toolPath("chromium"),
    headless: true,
    args: [
      "--no-sandbox", // Root, as CI often runs, may not use the sandbox.
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page of the game, and what went wrong in it. */
export interface GamePage {
  readonly page: Page;
  /** Uncaught errors, and everything that the browser logs as an error, such as what a policy forbids. */
  readonly errors: string[];
  /** Where requests went that did not go to the game's server. */
  readonly elsewhere: string[];
}

/** Opens the game as a new visitor, on a screen of that size. */
export async function openGame(
  browser: Browser,
  url: string,
  viewport = { width: 900, height: 600 },
): Promise<GamePage> {
  // With reduced motion only what happens in the game moves: no light, no grass.
  const context = await browser.newContext({
    viewport,
    reducedMotion: "reduce",
    hasTouch: viewport.width < 500,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  const elsewhere: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) elsewhere.push(request.url());
  });
  await page.goto(url, { waitUntil: "load" });
  return { page, errors, elsewhere };
}

/**
 * Waits until the field has looked different so many times, and returns how many milliseconds after the
 * page's load event that was.
 */
export function whenMoving(page: Page, times = 5): Promise<number> {
  return page.evaluate(async (times) => {
    const canvas = document.querySelector<HTMLCanvasElement>("#field");
    const context = canvas?.getContext("2d");
    if (!canvas || !context) throw new Error("the page has no field");
    let last = "";
    for (let changes = -1; changes < times; ) {
      await new Promise(requestAnimationFrame);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const digest = await crypto.subtle.digest("SHA-1", data);
      const look = String(new Uint32Array(digest));
      if (look !== last) changes++;
      last = look;
    }
    const [navigation] = performance.getEntriesByType("navigation");
    const loaded = navigation instanceof PerformanceNavigationTiming ? navigation.loadEventEnd : 0;
    return performance.now() - loaded;
  }, times);
}

/** How many colours the field shows. */
export function countColours(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>("#field");
    const context = canvas?.getContext("2d");
    if (!canvas || !context) throw new Error("the page has no field");
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
}

/** The name that the page's player goes by. */
export async function playerName(page: Page): Promise<string> {
  return (await page.locator("#self-name").textContent()) ?? "";
}
