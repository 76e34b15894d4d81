import { delimiter, dirname } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GameServer, startGame } from "../setup/game-server.js";
import { run } from "../setup/run.js";
import { toolPath } from "../setup/tools.js";

// The examples in docs/ play the game, each with another client that knows nothing of Antwire.

let game: GameServer;

beforeAll(async () => {
  game = await startGame();
});

afterAll(() => game.stop());

/** Runs an example and returns the lines that it printed. */
async function play(program: string, ...args: readonly string[]): Promise<string[]> {
  const tools = [dirname(toolPath("mosquitto_rr")), dirname(toolPath("mosquitto_sub"))];
  const PATH = [...tools, process.env.PATH ?? ""].join(delimiter);
  const { code, stdout, stderr } = await run(program, args, { env: { PATH } });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.trimEnd().split("\n");
}

/** What stands behind the label at the beginning of a line. */
function read(line: string | undefined, label: string): unknown {
  expect(line).toMatch(new RegExp(`^${label}`));
  return JSON.parse((line ?? "").slice(label.length));
}

test("mosquitto's tools log in at CONNECT, call, get a declared failure and receive a push", async () => {
  const [top, failure, said, heard] = await play(
    "sh",
    "docs/examples/mosquitto-player.sh",
    String(game.mqttPort),
  );
  expect(read(top, "")).toEqual({ ok: expect.any(Array) });
  expect(read(failure, "")).toMatchObject({
    error: { code: "failed", details: { type: "NameTaken", taken: "Ann" } },
  });
  expect(read(said, "")).toEqual({ ok: null });
  expect(read(heard, "json/on/Chat/said ")).toEqual({
    room: "lobby",
    from: "Bob",
    text: "hello Ann",
    at: expect.any(Number),
  });
});

test.each<[library: string, name: string, command: () => [program: string, ...args: string[]]]>([
  ["Paho", "Cleo", () => [toolPath("python3"), "docs/examples/paho-player.py", String(game.mqttPort)]],
  [
    "mqtt.js",
    "Eve",
    () => [process.execPath, "docs/examples/mqtt-js-player.mjs", `mqtt://127.0.0.1:${game.mqttPort}`],
  ],
  [
    "mqtt.js",
    "Eve",
    () => [process.execPath, "docs/examples/mqtt-js-player.mjs", `ws://127.0.0.1:${game.httpPort}/mqtt`],
  ],
])("%s logs in as %s, gets a declared failure, calls and receives a push", async (library, name, command) => {
  const [entered, failed, said, heard] = await play(...command());
  expect(read(entered, "entered: ")).toEqual({
    userId: expect.any(String),
    name,
    hue: expect.any(Number),
  });
  expect(read(failed, "failed: failed ")).toEqual({ type: "NameTaken", taken: name });
  expect(read(said, "said: ")).toBeNull();
  expect(read(heard, "heard: json/on/Chat/said ")).toEqual({
    room: "lobby",
    from: name,
    text: `hello from ${library}`,
    at: expect.any(Number),
  });
});
