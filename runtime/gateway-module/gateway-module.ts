import type { Codec } from "../codec/codec.js";
import { RpcError } from "../error/rpc-error.js";
import type { ModuleDefinition } from "../module/define-module.js";
import type { PackedPushSink } from "../session/push-sink.js";
import type { Session } from "../session/session.js";
import { withCodec } from "../session/session-data.js";
import type { UserClaim } from "../session/user-claim.js";
import { unpack } from "../wire/unpack.js";
import { defineAntwireGateway } from "./generated/skeletons/antwire-gateway.js";

/** What a gateway offers to other nodes. */
export interface GatewayModuleOptions {
  readonly sessions: {
    /** The type of the sessions' data. */
    readonly data: Codec;
    find(id: string): Session | undefined;
    /** Ends a session, whose client may begin another at once. */
    drop(id: string): void;
  };
  readonly pushes: PackedPushSink;
  /** Hears that a session of another gateway claims a user. */
  readonly hearClaim: (claim: UserClaim) => void;
  /** What nodes that push call this one to except it: the id of this node, and the name of its process. */
  readonly names: ReadonlySet<string>;
}

/** A gateway as a module, which other nodes call. */
export function createGatewayModule({
  sessions,
  pushes,
  hearClaim,
  names,
}: GatewayModuleOptions): ModuleDefinition {
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
    endSessions(ids) {
      for (const id of ids) sessions.drop(id);
    },
    findEnded: (ids) => ids.filter((id) => sessions.find(id) === undefined),
    deliver(push, except) {
      if (except === undefined || !names.has(except)) pushes.deliver(push);
    },
    claimUser(claim, except) {
      if (except === undefined || !names.has(except)) hearClaim(claim);
    },
  }));
}
