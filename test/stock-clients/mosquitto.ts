import type { GameServer } from "../setup/game-server.js";
import { type Running, run, start } from "../setup/run.js";
import { toolPath } from "../setup/tools.js";

/** Debian's MQTT clients, pointed at a game. */
export interface Mosquitto {
  /** Makes one call with `mosquitto_rr` and returns what it printed, read as JSON. `null` sends an empty payload. */
  call(route: string, payload: string | null, ...more: readonly string[]): Promise<unknown>;
  /** Publishes each line with `mosquitto_pub`, all in one connection. */
  publish(topic: string, lines: readonly string[], ...more: readonly string[]): Promise<void>;
  /** Starts `mosquitto_sub`, which prints topic and payload of all that it hears. */
  subscribe(...args: readonly string[]): Running;
  /** Ends every `mosquitto_sub` that still runs. */
  unsubscribe(): Promise<void>;
}

export function createMosquitto(game: GameServer): Mosquitto {
  const at = ["-V", "mqttv311", "-h", "127.0.0.1", "-p", String(game.mqttPort)];
  const subscribers: Running[] = [];
  return {
    async call(route, payload, ...more) {
      const message = payload === null ? ["-n"] : ["-m", payload];
      const args = [...at, "-W", "20", "-t", `rpc/${route}/1`, "-e", "re/1", ...message, ...more];
      const { stdout, stderr, code } = await run(toolPath("mosquitto_rr"), args);
      if (code !== 0 || stderr !== "")
        throw new Error(`mosquitto_rr ended with exit code ${code}. ${stderr}`);
      return JSON.parse(stdout);
    },
    async publish(topic, lines, ...more) {
      const input = lines.map((line) => `${line}\n`).join("");
      const { stderr, code } = await run(toolPath("mosquitto_pub"), [...at, "-t", topic, "-l", ...more], {
        input,
      });
      if (code !== 0) throw new Error(`mosquitto_pub ended with exit code ${code}. ${stderr}`);
    },
    subscribe(...args) {
      const subscriber = start(toolPath("mosquitto_sub"), [...at, "-v", ...args]);
      subscribers.push(subscriber);
      return subscriber;
    },
    async unsubscribe() {
      for (const subscriber of subscribers.splice(0)) {
        subscriber.process.kill();
        await subscriber.ended;
      }
    },
  };
}
