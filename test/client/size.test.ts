import { expect, test } from "vitest";
import { bundleForBrowser, clientWeightBars, weighClient } from "../../bench/size/weigh-client.js";

test("a client in a browser weighs at most 14 kB gzipped, and of that its binding 6", async () => {
  const { whole, binding } = await weighClient();
  expect(whole).toBeLessThanOrEqual(clientWeightBars.whole);
  expect(binding).toBeLessThanOrEqual(clientWeightBars.binding);
  expect(clientWeightBars).toEqual({ whole: 14_000, binding: 6_000 });
});

test("it needs neither Node nor eval, and carries no MessagePack library", async () => {
  const text = await bundleForBrowser('export * from "./generated/client.js"');
  expect(text).not.toMatch(/\beval\(|\bFunction\(|\brequire\(|node:|msgpackr/);
});

test("a page that uses a part of it loads that part", async () => {
  const failure = await bundleForBrowser('export { NameTaken } from "./generated/client.js"');
  expect(failure).not.toContain("WebSocket");
  expect(failure.length).toBeLessThan(2_000);
  const chat = await bundleForBrowser('export { ChatClient } from "./generated/clients/chat.js"');
  expect(chat).not.toContain("WebSocket");
  expect(chat).not.toContain("Arena");
});
