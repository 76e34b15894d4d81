import { openSocket } from "#socket";
import { RpcError } from "../error/rpc-error.js";
import { ReturningConnection } from "./connection.js";
import type { Connection, ConnectOptions } from "./link.js";
import { encodeConnect } from "./packet-encode.js";
import { openSlimMqtt } from "./slim-mqtt.js";

const defaultTimeoutMs = 10_000;
const defaultKeepAlive = 20;
const handshakeMs = 10_000;

/**
 * Connects to a gateway: `mqtt://` and `mqtts://` in Node, `ws://` and `wss://` anywhere (`http://` and
 * `https://` mean the same). Once connected, the connection comes back by itself when it is lost.
 *
 * Rejects with `unavailable` when the gateway cannot be reached, `unauthenticated` when it refuses the user,
 * `resource-exhausted` when it is full, `invalid-argument` for an address or an option that makes no sense.
 */
export async function openConnection(url: string | URL, options: ConnectOptions = {}): Promise<Connection> {
  const target = readUrl(url);
  const { username, password, keepAlive = defaultKeepAlive } = options;
  if (!(keepAlive > 0 && keepAlive <= 0xffff)) {
    throw new RpcError("invalid-argument", "keepAlive: expected 1 to 65,535 seconds");
  }
  const connect = encodeConnect({ username, password, keepAlive: Math.ceil(keepAlive) });
  const connection = new ReturningConnection({
    openMqtt: (events) =>
      openSlimMqtt({ url: target, openSocket, connect, keepAliveMs: keepAlive * 1000, handshakeMs }, events),
    timeout: options.timeout ?? defaultTimeoutMs,
    onProblem: options.onProblem ?? ((problem) => console.warn(problem.message)),
  });
  await connection.open();
  return connection;
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
