import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type GameServer, startGame } from "../setup/game-server.js";
import { createMosquitto, type Mosquitto } from "./mosquitto.js";

let game: GameServer;
let mosquitto: Mosquitto;

beforeAll(async () => {
  game = await startGame();
  mosquitto = createMosquitto(game);
});

afterEach(() => mosquitto.unsubscribe());

afterAll(() => game.stop());

describe("mosquitto_rr", () => {
  test("enters the game with a call in JSON", async () => {
    const player = { userId: expect.any(String), name: "Ann", hue: expect.any(Number) };
    expect(await mosquitto.call("Login/enter", '["Ann"]')).toEqual({ ok: player });
  });

  test("may give the arguments by name", async () => {
    expect(await mosquitto.call("Login/enter", '{"name": "Bert"}')).toMatchObject({ ok: { name: "Bert" } });
  });

  test.each([
    "Ranking/record",
    "Login/getName",
    "Ranking/nothing",
    "Nobody/top",
    "Ranking/constructor",
    "__proto__/x",
  ])("finds no method behind %s", async (route) => {
    expect(await mosquitto.call(route, "[]")).toMatchObject({ error: { code: "not-found" } });
  });

  test("is told that it has not entered yet", async () => {
    const reply = await mosquitto.call("Chat/say", '["lobby", "hello"]');
    expect(reply).toMatchObject({ error: { code: "unauthenticated" } });
  });

  test("may speak only in rooms that it joined", async () => {
    const reply = await mosquitto.call("Chat/say", '["attic", "hello"]', "-u", "Ivo");
    expect(reply).toMatchObject({ error: { code: "permission-denied" } });
  });

  test.each([
    ["an empty name", '[""]', "name"],
    ["a long name", `["${"x".repeat(21)}"]`, "name"],
    ["a number for a name", "[7]", "name"],
    ["no arguments", "[]", "name"],
    ["an empty payload", null, "name"],
    ["an object without the parameter", "{}", "name"],
    ["what is neither JSON nor an array", "x", "arguments"],
    ["broken JSON", '["Ann"', "arguments"],
  ])("hears what is wrong with %s", async (_, payload, path) => {
    expect(await mosquitto.call("Login/enter", payload)).toEqual({
      error: {
        code: "invalid-argument",
        message: expect.any(String),
        details: { path, expected: expect.any(String) },
      },
    });
  });

  test("sees a declared failure with its fields", async () => {
    const first = mosquitto.subscribe("-u", "Taken", "-t", "json/on/#");
    await first.until((heard) => heard.includes("json/on/Arena/moved "));
    expect(await mosquitto.call("Login/enter", '["Taken"]')).toMatchObject({
      error: { code: "failed", details: { type: "NameTaken", taken: "Taken" } },
    });
  });

  test("takes a name again once its session has ended", async () => {
    expect(await mosquitto.call("Login/enter", '["Again"]')).toMatchObject({ ok: { name: "Again" } });
    // The server may learn a moment later than the client's end that the connection is gone.
    await expect
      .poll(() => mosquitto.call("Login/enter", '["Again"]'), { timeout: 10_000 })
      .toMatchObject({ ok: { name: "Again" } });
  });
});

describe("mosquitto_sub", () => {
  test("shows the lobby's talk and the arena to a player who gave only a user name", async () => {
    const listener = mosquitto.subscribe("-u", "Cleo", "-t", "json/on/#");
    await listener.until((heard) => heard.includes("json/on/Arena/moved {"));
    expect(await mosquitto.call("Chat/say", '["lobby", "hello Cleo"]', "-u", "Dora")).toEqual({ ok: null });
    const heard = await listener.until((heard) => heard.includes("hello Cleo"));

    const lines = heard.split("\n").filter((line) => line.startsWith("json/on/Chat/said "));
    const said = lines.map((line) => JSON.parse(line.slice(line.indexOf(" "))));
    expect(said).toContainEqual({ room: "lobby", from: "Dora", text: "hello Cleo", at: expect.any(Number) });
    const frame = heard.split("\n").find((line) => line.startsWith("json/on/Arena/moved "));
    expect(JSON.parse(frame?.slice(frame.indexOf(" ")) ?? "")).toMatchObject({
      tick: expect.any(Number),
      moved: expect.any(Array),
    });
  });

  test("may not connect under the name of somebody who plays", async () => {
    const first = mosquitto.subscribe("-u", "Jana", "-t", "json/on/Arena/moved");
    await first.until((heard) => heard.includes("json/on/Arena/moved {"));
    const second = mosquitto.subscribe("-u", "Jana", "-t", "json/on/Arena/moved");
    expect(await second.ended).not.toBe(0);
    expect(second.stderr()).toMatch(/not authori[sz]ed/i);
  });

  test("shows one client's calls in the order in which they were sent", async () => {
    const listener = mosquitto.subscribe(
      "-u",
      "Emil",
      "-t",
      "json/on/Chat/said",
      "-t",
      "json/on/Arena/moved",
    );
    await listener.until((heard) => heard.includes("json/on/Arena/moved {"));
    const texts = Array.from({ length: 20 }, (_, i) => `line ${i}.`);
    const calls = texts.map((text) => JSON.stringify(["lobby", text]));
    await mosquitto.publish("rpc/Chat/say", calls, "-u", "Fritz");
    const heard = await listener.until((heard) => heard.includes("line 19."));

    expect(heard.match(/line \d+\./g)).toEqual(texts);
  });

  test.each(["rpc/#", "+/Chat/said", "$SYS/#", "$share/all/on/#", "other"])(
    "is refused a subscription to %s",
    async (topic) => {
      const listener = mosquitto.subscribe("-t", topic);
      await listener.ended;
      expect(listener.stderr()).toMatch(/denied/i);
    },
  );

  test("hears nothing that others publish", async () => {
    const listener = mosquitto.subscribe("-u", "Gerda", "-t", "#", "-t", "json/on/Arena/moved");
    await listener.until((heard) => heard.includes("json/on/Arena/moved {"));
    const forbidden = [
      "re/1",
      "on/Chat/said",
      "json/on/Chat/said",
      "$SYS/x",
      "other",
      "cancel/1",
      "rpc",
      "rpc/Chat",
    ];
    for (const topic of forbidden) await mosquitto.publish(topic, ["smuggled"]);
    // Publishing was in vain, and so it was not a reason to be thrown out for everybody else.
    await mosquitto.call("Chat/say", '["lobby", "the end"]', "-u", "Hugo");
    const heard = await listener.until((heard) => heard.includes("the end"));

    expect(heard).not.toContain("smuggled");
    expect(heard).not.toMatch(/^(re|rpc|other|cancel)\//m);
  });
});
