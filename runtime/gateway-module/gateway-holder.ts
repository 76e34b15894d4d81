import type { Caller, StubOptions } from "../call/caller.js";
import { toOwn } from "../error/nested.js";
import { RpcError } from "../error/rpc-error.js";
import type { SessionHolder } from "../session/remote-session.js";
import { nodeOfSession } from "../session/session-id.js";
import { pack } from "../wire/pack.js";
import { AntwireGatewayStub } from "./generated/stubs/antwire-gateway.js";

/** Reaches the gateways on other nodes, by a caller that finds nodes. */
export function createGatewayHolder(caller: Caller): SessionHolder {
  const gateway = new AntwireGatewayStub(caller);
  return {
    bind: (id, userId) => change(() => gateway.bind(id, userId, at(id))),
    unbind: (id) => change(() => gateway.unbind(id, at(id))),
    join: (id, group) => change(() => gateway.join(id, group, at(id))),
    leave: (id, group) => change(() => gateway.leave(id, group, at(id))),
    setData: (id, data) => change(() => gateway.setData(id, pack(data), at(id))),
    close: (id, reason) => change(() => gateway.close(id, reason, at(id))),
  };
}

/** Changes a session. What is refused is told as a session of this node tells it, not as a call that failed. */
async function change(call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (error) {
    throw toOwn(error);
  }
}

function at(id: string): StubOptions {
  const node = nodeOfSession(id);
  if (node === undefined) throw new RpcError("unavailable", "The session belongs to no node");
  return { node };
}
