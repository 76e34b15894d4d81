import assert from "node:assert/strict";
import test from "node:test";
import config from "../../antwire.config.js";
import { Game } from "../../generated/client.js";
import { received, testApp } from "../../runtime/testing/index.js";

test("players hear each other", async () => {
  await using app = await testApp(config, { client: Game });
  const ann = await app.client("Ann");
  const bob = await app.client("Bob");
  const heard = received(bob.chat.said);
  await ann.chat.say("lobby", "Hello");
  assert.equal((await heard.next()).text, "Hello");
  await app.clock.advance(60_000);
  assert.equal(bob.state, "connected");
});
