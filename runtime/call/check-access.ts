import type { MethodContract } from "../contract/method.js";
import { RpcError } from "../error/rpc-error.js";
import type { Session } from "../session/session.js";

/** Throws `unauthenticated` where a method demands a session, or a session with a user, and this is none. */
export function checkAccess(method: MethodContract, session: Session | undefined): void {
  if (method.access === "internal") return;
  if (session === undefined) {
    throw new RpcError("unauthenticated", `${method.module}.${method.name} needs a session`);
  }
  if (method.access === "user" && session.userId === undefined) {
    throw new RpcError("unauthenticated", `${method.module}.${method.name} needs a session bound to a user`);
  }
}
