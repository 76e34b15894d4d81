import { connectAsync, type MqttClient } from "mqtt";
import type { Ant, Frame } from "../../idl/arena.js";
import type { GameServer } from "../setup/game-server.js";

/** Somebody who watches the arena over MQTT, and so tells what became of what a page did. */
export interface Spectator {
  /** Where the ant of that name looks, in radians, as of the last frame that tells of it. */
  heading(name: string): number | undefined;
  close(): Promise<void>;
}

export async function watchArena(game: GameServer): Promise<Spectator> {
  const client = await connectAsync(`mqtt://127.0.0.1:${game.mqttPort}`, { username: "Spectator" });
  const ants = new Map<number, { name: string; heading: number }>();
  client.on("message", (topic, payload) => {
    const message = JSON.parse(payload.toString());
    if (topic === "re/join") addAll(message.ok.ants);
    if (topic === "json/on/Arena/moved") take(message);
  });
  const addAll = (came: readonly Ant[]) => {
    for (const ant of came) ants.set(ant.id, { name: ant.name, heading: ant.heading });
  };
  const take = (frame: Frame) => {
    addAll(frame.came);
    for (const step of frame.moved) {
      const ant = ants.get(step.id);
      if (ant) ant.heading = step.heading;
    }
  };
  await client.subscribeAsync("json/on/Arena/moved");
  await client.publishAsync("rpc/Arena/join/join", "[]");
  return {
    heading: (name) => [...ants.values()].find((ant) => ant.name === name)?.heading,
    close: () => end(client),
  };
}

async function end(client: MqttClient): Promise<void> {
  await client.endAsync(true);
}
