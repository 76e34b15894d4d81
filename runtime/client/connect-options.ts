import type { RpcError } from "../error/rpc-error.js";
import type { OpenMqtt } from "./mqtt.js";

/** How to connect. `Game` is what `login` gets: the generated `Game`, or a plain connection. */
export interface ConnectOptions<Game> {
  /** What proves who the player is. It travels as the MQTT password, with an empty user name unless one is given. */
  readonly token?: string;
  /** The MQTT user name. */
  readonly username?: string;
  /** The MQTT password. */
  readonly password?: string;
  /**
   * Runs in each new session before anything else is sent: at the first connect, and again where a lost
   * session could not be resumed, such as after a restart of the server. Log in here, through the game that
   * it is given: calls through any other one wait until this is done. Listeners belong elsewhere, since they
   * outlive the session.
   *
   * Where it rejects, the first connect rejects too. Later `unauthenticated` and `permission-denied` close the
   * connection, and after any other error it is tried again.
   */
  readonly login?: (game: Game) => unknown;
  /** How long calls wait that set no timeout, in milliseconds; default 10,000. */
  readonly timeout?: number;
  /**
   * What becomes of calls that are made while there is no connection: `wait` sends them once there is one,
   * no later than their deadlines; `fail` rejects them with `unavailable` at once. Default `wait`.
   */
  readonly offline?: "wait" | "fail";
  /** Seconds between signs of life; default 20. A server that is silent for so long is given up. */
  readonly keepAlive?: number;
  /** Opens connections with another MQTT library than the one that comes with the bindings. */
  readonly mqtt?: OpenMqtt;
  /**
   * Hears of pushes that were dropped because they do not fit their type, and of subscriptions that the
   * server refused, once for each push; default: `console.warn`.
   */
  readonly onProblem?: (problem: RpcError) => void;
}
