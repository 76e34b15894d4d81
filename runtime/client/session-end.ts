import { refuse } from "../codec/refusal.js";
import { RpcError } from "../error/rpc-error.js";
import type { ClientPush } from "./link.js";

/**
 * Pushed by the gateway right before it ends a session on purpose. To come back would make little sense: a
 * player who is at two places would be thrown out of one by the other for ever, and one who was sent away is
 * not wanted.
 */
export const sessionEnd: ClientPush<RpcError> = {
  route: "Antwire/closed",
  read(wire) {
    const [code, reason]: readonly unknown[] = Array.isArray(wire) ? wire : [];
    if (typeof reason !== "string") refuse("reason", "a string", reason);
    const why = code === "replaced" ? "the user has begun another one" : "the server closed it";
    return new RpcError("aborted", `the session is over: ${reason || why}`);
  },
};
