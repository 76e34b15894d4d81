import { openSocket } from "#socket";
import { RpcError } from "../error/rpc-error.js";
import { unpack } from "../wire/unpack.js";
import { type ClientClock, platformClock } from "./client-clock.js";
import type { ConnectOptions } from "./connect-options.js";
import { ConnectionLink } from "./connection-link.js";
import type { Connection } from "./link.js";
import type { MqttConnect, OpenMqtt } from "./mqtt.js";
import { ReturningConnection } from "./returning-connection.js";
import { openSlimMqtt } from "./slim-mqtt.js";
import type { OpenSocket } from "./socket.js";
import type { Unpack } from "./subscriptions.js";

const defaultTimeoutMs = 10_000;
const defaultKeepAlive = 20;
const handshakeMs = 10_000;

/** What a connection works with. In a test it may be something else than the platform. */
export interface Surroundings {
  readonly openSocket: OpenSocket;
  readonly clock: ClientClock;
  /** For pushes; default: this package's own. */
  readonly unpack?: Unpack;
}

/** What a connection works with outside of tests. */
export const platform: Surroundings = { openSocket, clock: platformClock };

/**
 * Connects to a gateway: `mqtt://` and `mqtts://` in Node, `ws://` and `wss://` anywhere (`http://` and
 * `https://` mean the same). Once connected, the connection comes back by itself when it is lost.
 *
 * Rejects with `unavailable` when the gateway cannot be reached, `unauthenticated` when it refuses the user,
 * `resource-exhausted` when it is full, `invalid-argument` for an address or an option that makes no sense, and
 * with whatever `login` rejects with.
 */
export async function openConnection(
  url: string | URL,
  options: ConnectOptions<Connection> = {},
  surroundings: Surroundings = platform,
): Promise<Connection> {
  const { openSocket, clock } = surroundings;
  const openOwnMqtt: OpenMqtt = (connect, events) =>
    openSlimMqtt({ connect, openSocket, handshakeMs, clock }, events);
  const connection = new ReturningConnection({
    openMqtt: options.mqtt ?? openOwnMqtt,
    connect: readConnect(url, options),
    login: options.login,
    timeout: options.timeout ?? defaultTimeoutMs,
    offline: options.offline ?? "wait",
    clock,
    onProblem: options.onProblem ?? ((problem) => console.warn(problem.message)),
    unpack: surroundings.unpack ?? unpack,
  });
  await connection.open();
  return new ConnectionLink(connection, "application");
}

/** As {@link openConnection}, for a generated `Game`. */
export async function openGame<Game>(
  url: string | URL,
  createGame: (connection: Connection) => Game,
  { login, ...options }: ConnectOptions<Game> = {},
  surroundings: Surroundings = platform,
): Promise<Game> {
  const wrapped = login && { login: (connection: Connection) => login(createGame(connection)) };
  return createGame(await openConnection(url, { ...options, ...wrapped }, surroundings));
}

function readConnect(url: string | URL, options: ConnectOptions<Connection>): MqttConnect {
  const { token, password = token, keepAlive = defaultKeepAlive } = options;
  if (token !== undefined && password !== token) {
    throw new RpcError("invalid-argument", "expected a token or a password, not both");
  }
  if (!(keepAlive > 0 && keepAlive <= 0xffff)) {
    throw new RpcError("invalid-argument", "keepAlive: expected 1 to 65,535 seconds");
  }
  // [MQTT-3.1.2-22]: no password without a user name.
  const username = options.username ?? (password === undefined ? undefined : "");
  return { url: readUrl(url), username, password, clientId: "", clean: true, keepAlive };
}

function readUrl(url: string | URL): URL {
  let target: URL;
  try {
    target = new URL(url);
  } catch (error) {
    throw new RpcError("invalid-argument", `expected a URL, got ${url}`, { cause: error });
  }
  if (target.protocol === "http:") target.protocol = "ws:";
  if (target.protocol === "https:") target.protocol = "wss:";
  if (!["mqtt:", "mqtts:", "ws:", "wss:"].includes(target.protocol)) {
    throw new RpcError("invalid-argument", `expected mqtt:, mqtts:, ws: or wss:, got ${target.protocol}`);
  }
  if (target.username !== "" || target.password !== "") {
    throw new RpcError("invalid-argument", "expected user name and password in the options, not in the URL");
  }
  return target;
}
