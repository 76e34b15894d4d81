import { expect, test } from "vitest";
import config from "../../antwire.config.js";
import { Game, NameTaken, RpcError } from "../../generated/client.js";
import { defineConfig } from "../../generated/server.js";
import type { Connection } from "../../runtime/client/link.js";
import { received, testApp } from "../../runtime/testing/index.js";

const start = (own: typeof config = config) => testApp(own, { client: Game });

test("clients come in through the config's authenticate, and are refused by it", async () => {
  await using app = await start();
  const ann = await app.client("Ann");
  expect(app.session(ann).userId).toBeDefined();
  await expect(app.client("Ann")).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a client without a name is a guest, who meets the access checks of the gateway", async () => {
  await using app = await start();
  const guest = await app.client();
  expect(app.session(guest).userId).toBeUndefined();
  await expect(guest.chat.say("lobby", "Hello")).rejects.toMatchObject({ code: "unauthenticated" });
});

test("a client may be a user without being asked", async () => {
  await using app = await start();
  const eve = await app.client({ user: "u-7" });
  expect(app.session(eve).userId).toBe("u-7");
  await expect(eve.chat.join("lobby")).resolves.toEqual([]);
});

test("arguments pass the codecs, and declared failures arrive with their fields", async () => {
  await using app = await start();
  await app.client("Ann");
  const guest = await app.client();
  // What a client written by hand may send.
  const wrong = 7 as unknown as string;
  await expect(guest.login.enter(wrong)).rejects.toMatchObject({ code: "invalid-argument" });
  await expect(guest.login.enter("Ann")).rejects.toBeInstanceOf(NameTaken);
});

test("the limits of the gateway hold", async () => {
  const { application, config: own } = config;
  const gateway = { ...own.gateway, limits: { callsPerSecond: 3 } };
  await using app = await start({ application, config: { ...own, gateway } });
  const guest = await app.client();
  // Looking for its session's secret, a client may have made a call of its own.
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => guest.ranking.top(1)));
  expect(results.at(-1)).toMatchObject({ reason: { code: "resource-exhausted" } });
  await app.clock.advance(1_000);
  await expect(guest.ranking.top(1)).resolves.toEqual([]);
});

test("pushes reach those who are meant, and nobody else", async () => {
  await using app = await start();
  const [ann, bob, guest] = [await app.client("Ann"), await app.client("Bob"), await app.client()];
  const [heard, overheard] = [received(bob.chat.said), received(guest.chat.said)];
  await ann.chat.say("lobby", "one");
  await ann.chat.say("lobby", "two");
  expect(await heard.next()).toMatchObject({ from: "Ann", text: "one" });
  expect(await heard.next()).toMatchObject({ text: "two" });
  await app.settled();
  expect(heard.all).toHaveLength(2);
  expect(overheard.all).toEqual([]);
  heard.stop();
  await ann.chat.say("lobby", "three");
  await app.settled();
  expect(heard.all).toHaveLength(2);
});

test("next waits for a push that is yet to come", async () => {
  await using app = await start();
  const ann = await app.client("Ann");
  const heard = received(ann.chat.said);
  const next = heard.next();
  await ann.chat.say("lobby", "at last");
  expect((await next).text).toBe("at last");
});

test("modules can be called for the session of a client, internal methods included", async () => {
  await using app = await start();
  const ann = await app.client("Ann");
  const heard = received(ann.chat.said);
  // The subscription is still on its way, and what is called from inside does not take that way.
  await app.settled();
  await app.rpc.chat.say(app.session(ann), "lobby", "from inside");
  expect((await heard.next()).text).toBe("from inside");
  expect(await app.rpc.login.getName(app.session(ann).userId ?? "")).toBe("Ann");
});

test("without a class for clients they are plain connections", async () => {
  await using app = await testApp(config);
  const connection: Connection = await app.client("Ann");
  expect(connection.state).toBe("connected");
});

test("an object of another application is no client", async () => {
  await using app = await start();
  await using other = await start();
  const ann = await other.client("Ann");
  expect(() => app.session(ann)).toThrow("a client of this application");
});

test("what a fault of a module says stays in the log, and the error's cause shows it", async () => {
  const fault = new Error("the table is upside down");
  await using app = await testApp(config, {
    client: Game,
    fakes: {
      ranking: {
        top() {
          throw fault;
        },
      },
    },
  });
  const ann = await app.client("Ann");
  const error: unknown = await ann.ranking.top(1).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RpcError);
  expect(error).toMatchObject({ code: "internal", cause: fault });
  expect(app.logs).toContainEqual(expect.objectContaining({ level: "error" }));
});

test("onReady is left out: there is nothing that listens", async () => {
  let ran = false;
  const own = defineConfig({
    modules: { ranking: () => import("../../demo/modules/ranking.js") },
    onReady: () => {
      ran = true;
      return undefined;
    },
  });
  await using _app = await start(own);
  expect(ran).toBe(false);
});
