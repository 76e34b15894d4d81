import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call as callCommand } from "../../runtime/command/call.js";
import { UsageError } from "../../runtime/command/command-error.js";
import { listen as listenCommand } from "../../runtime/command/listen.js";
import { type GameServer, startGame } from "../setup/game-server.js";
import { antwire, startAntwire } from "./cli.js";

let game: GameServer;
let url: string;

beforeAll(async () => {
  game = await startGame();
  url = `mqtt://127.0.0.1:${game.mqttPort}`;
});

afterAll(() => game.stop());

/** Calls a method of the demo game. */
const call = (...words: string[]) => antwire("call", ...words, "--url", url);

describe("call", () => {
  test("prints the result as a line of JSON", async () => {
    const { code, stdout, stderr } = await call("Login.enter", "Ann");
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({ name: "Ann" });
    expect(stdout.split("\n")).toHaveLength(2);
    expect(code).toBe(0);
  });

  test("calls as the user that it is told, over a WebSocket too", async () => {
    const ws = game.page.replace("http:", "ws:");
    const { code, stdout } = await antwire(
      "call",
      "Chat.join",
      "lobby",
      "--user",
      "Bert",
      "--url",
      `${ws}/mqtt`,
    );
    expect(JSON.parse(stdout)).toBeInstanceOf(Array);
    expect(code).toBe(0);
  });

  test("a declared failure is its name and fields, and exit code 1", async () => {
    const listener = startAntwire("listen", "Arena.moved", "--user", "Carl", "--url", url);
    await listener.until((heard) => heard.includes("{"));
    expect(await call("Login.enter", "Carl")).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^NameTaken \{.*\}\n$/),
    });
    listener.process.kill("SIGINT");
    expect(await listener.ended).toBe(0);
  });

  test("another error is its code and message, and exit code 1", async () => {
    const { code, stderr } = await call("Chat.say", "nowhere", "hello", "--user", "Dora");
    expect(stderr).toBe("antwire: permission-denied: join the room first\n");
    expect(code).toBe(1);
  });

  test("an argument that the game refuses is what was expected, and exit code 2", async () => {
    const { code, stderr } = await call("Login.enter", '""');
    expect(stderr).toMatch(/^antwire: invalid-argument: name: expected a string of 1 to 20 characters/);
    expect(code).toBe(2);
  });

  test("with a method, help is its signature and its comment", async () => {
    const { code, stdout } = await antwire("call", "Chat.say", "--help");
    expect(stdout).toContain("Chat.say(room: string, text: string): Promise<void>\n");
    expect(stdout).toContain("Says something in a room");
    expect(stdout).toContain("--user");
    expect(code).toBe(0);
  });

  test("without one, help lists all methods that clients can call", async () => {
    const { stdout } = await antwire("call", "--help");
    expect(stdout).toMatch(/^ {2}Login\.enter +\S/m);
    expect(stdout).not.toContain("Login.getName");
    expect(stdout).toMatch(/^Examples:$/m);
  });

  test.each([
    [["Logn.enter", "x"], "There is no module Logn. Did you mean Login?"],
    [["Login.entr", "x"], "Login has no method entr. Did you mean enter?"],
    [["Login"], "Which method of Login? It has enter, getName."],
    [["Login.getName", "x"], "Login.getName is for modules: it takes no session, so no client can call it."],
    [["Login.enter"], "name is missing: "],
    [["Login.enter", "a", "b"], '"b" is one argument too many. It is Login.enter(name: '],
    [
      ["Arena.steer", "{"],
      'heading: expected float32 as JSON, got "{". It is Arena.steer(heading: float32): void.',
    ],
    [["Login.enter", "x", "--url", "nonsense"], "--url takes an address such as "],
    [["Login.enter", "x", "--timeout", "soon"], '--timeout takes a number from 1 to 86400, not "soon".'],
  ])("%j is told in one line, before anything is sent", async (words, message) => {
    const error: unknown = await callCommand.run(words).then(
      () => undefined,
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toMatch(/^UsageError: .*[.?]$/);
    expect(String(error).slice("UsageError: ".length)).toContain(message);
  });

  test("a negative number is no flag", async () => {
    expect(await call("Arena.steer", "-1.5", "--user", "Emma")).toEqual({
      code: 0,
      stdout: "null\n",
      stderr: "",
    });
  });

  test("nobody there is one line with a hint and exit code 1", async () => {
    const { code, stderr } = await antwire("call", "Login.enter", "Ann", "--url", "mqtt://127.0.0.1:1");
    expect(stderr).toMatch(/^antwire: cannot connect to 127\.0\.0\.1:1: .* Does the game run\? .*--url\.\n$/);
    expect(code).toBe(1);
  });
});

describe("listen", () => {
  test("prints what is pushed, a line each, and ends after so many", async () => {
    const { code, stdout } = await antwire(
      "listen",
      "Arena.moved",
      "--user",
      "Fritz",
      "--count",
      "2",
      "--url",
      url,
    );
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => typeof JSON.parse(line)),
    ).toEqual(["object", "object"]);
    expect(code).toBe(0);
  });

  test("an unknown push is told in one line with a hint", async () => {
    await expect(listenCommand.run(["Arena.moves", "--url", url])).rejects.toThrow(
      new UsageError("Arena has no push moves. Did you mean moved?"),
    );
  });
});
