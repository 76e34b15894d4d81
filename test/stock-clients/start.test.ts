import { afterEach, expect, test } from "vitest";
import { type GameServer, launch, startGame, whenListening } from "../setup/game-server.js";
import { start } from "../setup/run.js";

const games: GameServer[] = [];

async function startOne(): Promise<GameServer> {
  const game = await startGame();
  games.push(game);
  return game;
}

afterEach(async () => {
  await Promise.all(games.splice(0).map((game) => game.stop()));
});

test("npm start takes its ports from the command line, serves the page and ends with its server", async () => {
  const npm = start("npm", ["start", "--", "--http", "0", "--mqtt", "0"]);
  const game = await whenListening(npm);
  expect((await fetch(game.page)).status).toBe(200);
  expect(game.running.stdout().match(/http:\/\//g)).toHaveLength(1);

  npm.process.kill("SIGTERM");
  await npm.ended;
  // It closed its port, so it did not outlive npm.
  await expect(fetch(game.page)).rejects.toThrow();
});

test.each(["http", "mqtt"] as const)("a taken %s port is one clear line and exit code 1", async (which) => {
  const first = await startOne();
  const port = which === "http" ? first.httpPort : first.mqttPort;
  const second = launch({ [which]: port });
  expect(await second.ended).toBe(1);
  expect(second.stderr().trimEnd().split("\n")).toHaveLength(1);
  expect(second.stderr()).toContain(String(port));
  expect(second.stderr()).not.toContain("    at ");
});

test.each(["SIGTERM", "SIGINT"] as const)("%s ends the server with exit code 0", async (signal) => {
  const game = await startOne();
  game.running.process.kill(signal);
  expect(await game.running.ended).toBe(0);
  expect(game.running.stderr()).not.toContain("    at ");
});

test("it listens on loopback only unless told otherwise", async () => {
  const game = await startOne();
  expect(game.running.stdout()).not.toContain("0.0.0.0");
  const { networkInterfaces } = await import("node:os");
  const outside = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address && !address.internal && address.family === "IPv4");
  for (const address of outside) {
    await expect(fetch(`http://${address?.address}:${game.httpPort}`)).rejects.toThrow();
  }
});
