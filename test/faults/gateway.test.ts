import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { useBroker } from "../setup/rabbitmq.js";
import { callAsPlayers } from "./callers.js";
import { Cluster } from "./cluster.js";
import { connect, type Game } from "./generated/client.js";
import { end, portOf } from "./launch.js";
import { tryOut } from "./trial.js";

const playersPerGateway = 10;
const cluster = new Cluster(useBroker());
const players: Game[] = [];

beforeAll(async () => {
  await cluster.start({ work: 1, hall: 1, edge: 2 });
  const ports = cluster.processes("edge").map(portOf);
  const connecting = Array.from({ length: ports.length * playersPerGateway }, (_, index) =>
    connect(`mqtt://127.0.0.1:${ports[index % ports.length]}`),
  );
  players.push(...(await Promise.all(connecting)));
  await Promise.all(players.map((player) => player.hall.enter()));
});

afterAll(async () => {
  await Promise.all(players.map((player) => player.close()));
  await cluster.stop();
});

test("a gateway is killed: its players' calls end at once, and all others go on", async () => {
  const victim = cluster.first("edge");
  const port = portOf(victim);
  const { calls, failed } = await tryOut(cluster, {
    title: "One of two gateways killed",
    call: callAsPlayers(players),
    // Of calls that wait for a connection a player keeps so many and no more.
    codes: ["unavailable", "deadline-exceeded", "resource-exhausted"],
    async harm() {
      await end(victim, "SIGKILL");
      await cluster.add("edge", { mqtt: port });
      // Their players come back one by one, so as not to come all at once.
      await expect
        .poll(() => players.every(({ state }) => state === "connected"), { timeout: 20_000 })
        .toBe(true);
    },
  });
  // Every second player is at the gateway that was killed, and so is every second id.
  const [first] = failed;
  expect(failed.filter(({ id }) => id % 2 !== (first?.id ?? 0) % 2)).toEqual([]);
  const last = calls.slice(-1_000).filter(({ outcome }) => outcome !== "sent");
  expect(last.every(({ outcome }) => outcome === "ok")).toBe(true);
});

test("modules hear that the sessions of a killed gateway have ended, and of no others", async () => {
  const count = { entered: players.length, left: playersPerGateway };
  await expect.poll(() => cluster.rpc.hall.count(), { timeout: 20_000 }).toEqual(count);
  await sleep(1_000);
  expect(await cluster.rpc.hall.count()).toEqual(count);
});

test("pushes reach those who entered, at the gateway that is left and at the new one", async () => {
  const heard = new Map<Game, number>();
  for (const player of players) player.hall.bell.on((ring) => heard.set(player, ring));
  // To the new one the players come back without having entered.
  await Promise.all(players.filter((_, index) => index % 2 === 0).map((player) => player.hall.enter()));
  await players[0]?.hall.ring();
  await expect.poll(() => heard.size).toBe(players.length);
});
