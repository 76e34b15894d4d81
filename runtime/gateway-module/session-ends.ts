import type { Codec } from "../codec/codec.js";
import type { ModuleDefinition } from "../module/define-module.js";
import { RemoteSession, type SessionHome } from "../session/remote-session.js";
import type { Session } from "../session/session.js";
import { pack } from "../wire/pack.js";
import { unpack } from "../wire/unpack.js";
import type { Broadcast } from "./broadcast.js";
import { antwireNodeSessionEnded } from "./generated/contracts/antwire-node.js";
import { defineAntwireNode } from "./generated/skeletons/antwire-node.js";
import type { EndedSession } from "./idl/node.js";

/** The topic on which nodes hear that a session has ended, whatever gateway held it. */
export const sessionEndTopic = "session-end";

/** Tells the nodes that listen that a session of this one has ended. */
export function announceSessionEnd(session: Session, data: Codec, broadcast: Broadcast): void {
  const ended: EndedSession = { id: session.id, groups: [...session.groups] };
  if (session.userId !== undefined) ended.userId = session.userId;
  if (session.data !== undefined) ended.data = pack(data.write(session.data));
  broadcast.send(sessionEndTopic, antwireNodeSessionEnded, ended);
}

/** What a node does where a session has ended elsewhere. */
export interface NodeModuleOptions {
  readonly home: SessionHome;
  readonly onSessionEnd: (session: Session) => void;
  /** What nodes that announce something call this one to except it: its id, and the name of its process. */
  readonly names: ReadonlySet<string>;
}

/** A node as a module, which hears of the ends of sessions. */
export function createNodeModule({ home, onSessionEnd, names }: NodeModuleOptions): ModuleDefinition {
  return defineAntwireNode(() => ({
    sessionEnded({ id, userId, groups, data }, except) {
      if (except !== undefined && names.has(except)) return;
      const state = { id, userId, groups, data: data && unpack(data) };
      onSessionEnd(new RemoteSession(state, home));
    },
  }));
}
