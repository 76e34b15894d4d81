import { RpcError } from "../error/rpc-error.js";
import type { RefusalReason } from "./refusal-reason.js";

/** Return codes of a CONNACK [MQTT-3.2.2.3]. */
const returnCodes = { serverUnavailable: 3, notAuthorized: 5 } as const;

/** More about a refusal. */
export interface ConnectRefusalOptions extends ErrorOptions {
  /** What it is counted as; default `authentication`. */
  readonly reason?: RefusalReason;
}

/** Why a client may not enter. */
export class ConnectRefusal extends Error {
  readonly returnCode: number;
  readonly reason: RefusalReason;

  constructor(message: string, code: keyof typeof returnCodes, options: ConnectRefusalOptions = {}) {
    super(message, options);
    this.returnCode = returnCodes[code];
    this.reason = options.reason ?? "authentication";
  }
}

/** What the client hears of an error. Only what is over later invites it to try again. */
export function asRefusal(error: unknown): ConnectRefusal {
  if (error instanceof ConnectRefusal) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const isOverLater =
    error instanceof RpcError &&
    (error.code === "resource-exhausted" ||
      error.code === "unavailable" ||
      error.code === "deadline-exceeded");
  return new ConnectRefusal(reason, isOverLater ? "serverUnavailable" : "notAuthorized", { cause: error });
}

/** What the log says of a refusal: not the password, which a careless `authenticate` may have put into its message. */
export function describeRefusal(refusal: ConnectRefusal, password: string | undefined): string {
  const { cause, message } = refusal;
  // What was thrown on purpose has told all by its message; a mistake is found by its stack.
  const text =
    cause instanceof Error && !(cause instanceof RpcError) ? (cause.stack ?? cause.message) : message;
  return password === undefined || password === "" ? text : text.replaceAll(password, "[password]");
}
