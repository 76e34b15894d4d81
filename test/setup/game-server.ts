import { type Running, start } from "./run.js";

/** The demo game's server, in a process of its own. */
export interface GameServer {
  readonly running: Running;
  /** The address of the page, such as `http://127.0.0.1:8080`. */
  readonly page: string;
  readonly httpPort: number;
  readonly mqttPort: number;
  /** Ends it as Ctrl+C does and resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

/** Where it should listen; default any free port. */
export interface GamePorts {
  readonly http?: number;
  readonly mqtt?: number;
}

/** What `npm start` runs, without npm. */
export function launch({ http = 0, mqtt = 0 }: GamePorts = {}): Running {
  const args = ["--import", "tsx", "runtime/command/main.ts", "start"];
  return start(process.execPath, [...args, "--http", String(http), "--mqtt", String(mqtt)]);
}

/** Starts the game and waits until it listens. */
export async function startGame(ports?: GamePorts): Promise<GameServer> {
  return whenListening(launch(ports));
}

/** Waits until a game that was started says where it listens. */
export async function whenListening(running: Running): Promise<GameServer> {
  const said = await running.until((output) => address("http").test(output) && address("mqtt").test(output));
  const end = async (signal: NodeJS.Signals) => {
    running.process.kill(signal);
    return running.ended;
  };
  const httpPort = port("http", said);
  return {
    running,
    page: `http://127.0.0.1:${httpPort}`,
    httpPort,
    mqttPort: port("mqtt", said),
    stop: () => end("SIGINT"),
    async kill() {
      await end("SIGKILL");
    },
  };
}

function address(scheme: string): RegExp {
  return new RegExp(`${scheme}://[\\w.]+:(\\d+)`);
}

function port(scheme: string, said: string): number {
  return Number(address(scheme).exec(said)?.[1]);
}
