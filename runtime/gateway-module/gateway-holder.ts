import type { Caller, StubOptions } from "../call/caller.js";
import { RpcError } from "../error/rpc-error.js";
import type { SessionHolder } from "../session/remote-session.js";
import { nodeOfSession } from "../session/session-id.js";
import { pack } from "../wire/msgpack.js";
import { AntwireGatewayStub } from "./generated/stubs/antwire-gateway.js";

/** Reaches the gateways on other nodes, by a caller that finds nodes. */
export function createGatewayHolder(caller: Caller): SessionHolder {
  const gateway = new AntwireGatewayStub(caller);
  return {
    bind: async (id, userId) => gateway.bind(id, userId, at(id)),
    unbind: async (id) => gateway.unbind(id, at(id)),
    join: async (id, group) => gateway.join(id, group, at(id)),
    leave: async (id, group) => gateway.leave(id, group, at(id)),
    setData: async (id, data) => gateway.setData(id, pack(data), at(id)),
    close: async (id, reason) => gateway.close(id, reason, at(id)),
  };
}

function at(id: string): StubOptions {
  const node = nodeOfSession(id);
  if (node === undefined) throw new RpcError("unavailable", "The session belongs to no node");
  return { node };
}
