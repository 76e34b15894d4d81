import { afterEach, describe, expect, test } from "vitest";
import { connect, type Game } from "../../generated/client.js";
import { useBroker } from "../setup/rabbitmq.js";
import { type Running, start } from "../setup/run.js";

// The demo game as docs/deploy.md starts it, without a change of its code.

interface Deployment {
  readonly name: string;
  /** What `start` is told, for each process. */
  readonly processes: readonly (readonly string[])[];
  readonly gateways: number;
}

const deployments: readonly Deployment[] = [
  { name: "in one process", processes: [[]], gateways: 1 },
  { name: "on threads, spread by the command line", processes: [["--threads", "3"]], gateways: 1 },
  { name: "on threads, placed by the config", processes: [["cores"]], gateways: 1 },
  { name: "in two processes", processes: [["world"], ["edge"]], gateways: 1 },
  {
    name: "with two gateways and three module processes",
    processes: [["people"], ["field"], ["scores"], ["edge"], ["edge-2"]],
    gateways: 2,
  },
];

const broker = useBroker();
const running: Running[] = [];
const games: Game[] = [];

afterEach(async () => {
  await Promise.all(games.splice(0).map((game) => game.close()));
  const codes = await Promise.all(running.splice(0).map(stop));
  expect(codes.every((code) => code === 0)).toBe(true);
});

function stop({ process, ended }: Running): Promise<number | null> {
  process.kill("SIGTERM");
  return ended;
}

/** Starts all processes at once and returns where the gateways listen. */
async function deploy({ processes }: Deployment): Promise<string[]> {
  const all = processes.map((words) => {
    const args = ["--import", "tsx", "runtime/command/main.ts", "start", ...words];
    const started = start(process.execPath, [...args, "--http", "0", "--mqtt", "0"], {
      env: { AMQP_URL: broker.url },
    });
    running.push(started);
    return started.until((output) => output.includes("Antwire is ready"));
  });
  const said = await Promise.all(all);
  return said.flatMap((output) => /mqtt:\/\/[\w.]+:\d+/.exec(output) ?? []);
}

async function enter(url: string, name: string): Promise<Game> {
  const game = await connect(url);
  games.push(game);
  await game.login.enter(name);
  return game;
}

describe.each(deployments)("the demo game $name", (deployment) => {
  test("is one game for all players", { timeout: 120_000 }, async () => {
    const gateways = await deploy(deployment);
    expect(gateways).toHaveLength(deployment.gateways);
    const [first = "", last = first] = [gateways[0], gateways.at(-1)];
    const ann = await enter(first, "Ann");
    const bob = await enter(last, "Bob");

    const heard = new Promise((resolve) => bob.chat.said.on(resolve));
    await ann.chat.say("lobby", "hello, wherever you are");
    expect(await heard).toMatchObject({ room: "lobby", from: "Ann", text: "hello, wherever you are" });

    await expect(enter(last, "ann")).rejects.toMatchObject({ code: "failed", taken: "Ann" });
    await expect(ann.chat.say("cellar", "hello?")).rejects.toMatchObject({ code: "permission-denied" });

    const field = await bob.arena.join();
    const moved = await new Promise<{ tick: number }>((resolve) => bob.arena.moved.on(resolve));
    expect(moved.tick).toBeGreaterThanOrEqual(field.tick);
    await bob.arena.steer(1);

    // Modules hear that Ann has gone, wherever her gateway is: her name is free again.
    await ann.close();
    await expect.poll(() => bob.login.enter("Ann"), { timeout: 10_000 }).toMatchObject({ name: "Ann" });
    await expect.poll(() => bob.ranking.top(3), { timeout: 20_000, interval: 500 }).not.toEqual([]);
  });
});
