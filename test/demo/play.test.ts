import { expect, onTestFailed, test } from "vitest";
import config from "../../antwire.config.js";
import { Game, NameTaken } from "../../generated/client.js";
import { received, testApp, testModule } from "../../runtime/testing/index.js";

const options = { client: Game, onFailure: onTestFailed };

test("players in a room hear each other, guests do not", async () => {
  await using app = await testApp(config, options);
  const ann = await app.client("Ann");
  const bob = await app.client("Bob");
  const guest = await app.client();
  const heard = received(bob.chat.said);
  const overheard = received(guest.chat.said);

  await ann.chat.say("lobby", "Hello");

  expect(await heard.next()).toMatchObject({ from: "Ann", text: "Hello" });
  await app.settled();
  expect(overheard.all).toEqual([]);
});

test("a name is free again when its player has gone", async () => {
  await using app = await testApp(config, options);
  const ann = await app.client("Ann");
  const guest = await app.client();
  await expect(guest.login.enter("Ann")).rejects.toThrow(NameTaken);
  await ann.close();
  await app.settled();
  await expect(guest.login.enter("Ann")).resolves.toMatchObject({ name: "Ann" });
});

test("ants move as time passes", async () => {
  await using app = await testApp(config, options);
  const ann = await app.client("Ann");
  const moves = received(ann.arena.moved);
  await ann.arena.join();
  await app.clock.advance(1_000);
  expect(moves.all).toHaveLength(20);
});

test("the ranking knows players by the names that the login gives", async () => {
  await using app = await testModule(config, "ranking", {
    ...options,
    fakes: { login: { getName: (userId) => `Ant ${userId}` } },
  });
  await app.rpc.ranking.record("7", 30);
  const guest = await app.client();
  expect(await guest.ranking.top(3)).toMatchObject([{ name: "Ant 7", points: 30 }]);
});
