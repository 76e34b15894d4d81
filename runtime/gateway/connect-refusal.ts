import { RpcError } from "../error/rpc-error.js";

/** Return codes of a CONNACK [MQTT-3.2.2.3]. */
const returnCodes = { serverUnavailable: 3, notAuthorized: 5 } as const;

/** Why a client may not enter. */
export class ConnectRefusal extends Error {
  readonly returnCode: number;

  constructor(reason: string, code: keyof typeof returnCodes, options?: ErrorOptions) {
    super(reason, options);
    this.returnCode = returnCodes[code];
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
