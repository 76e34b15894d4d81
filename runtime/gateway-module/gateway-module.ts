import type { Codec } from "../codec/codec.js";
import { RpcError } from "../error/rpc-error.js";
import type { ModuleDefinition } from "../module/define-module.js";
import type { PackedPushSink } from "../session/push-sink.js";
import type { Session } from "../session/session.js";
import { withCodec } from "../session/session-data.js";
import { unpack } from "../wire/msgpack.js";
import { defineAntwireGateway } from "./generated/skeletons/antwire-gateway.js";

/** What a gateway offers to other nodes. */
export interface GatewayModuleOptions {
  readonly sessions: {
    /** The type of the sessions' data. */
    readonly data: Codec;
    find(id: string): Session | undefined;
  };
  readonly pushes: PackedPushSink;
  /** What nodes that push call this one to except it: the id of this node, and the name of its process. */
  readonly names: ReadonlySet<string>;
}

/** A gateway as a module, which other nodes call. */
export function createGatewayModule({ sessions, pushes, names }: GatewayModuleOptions): ModuleDefinition {
  function require(id: string): Session {
    const session = sessions.find(id);
    if (session === undefined) throw new RpcError("unavailable", "The session has ended");
    return session;
  }

  return defineAntwireGateway(() => ({
    bind: (id, userId) => require(id).bind(userId),
    unbind: (id) => sessions.find(id)?.unbind(),
    join: (id, group) => require(id).join(group),
    leave: (id, group) => sessions.find(id)?.leave(group),
    setData: (id, data) => require(id).setData(withCodec(() => sessions.data.read(unpack(data)))),
    close: (id, reason) => sessions.find(id)?.close(reason),
    findEnded: (ids) => ids.filter((id) => sessions.find(id) === undefined),
    deliver(push, except) {
      if (except === undefined || !names.has(except)) pushes.deliver(push);
    },
  }));
}
