import type { Session } from "../session/session.js";

/** Takes sessions from node to node. */
export interface SessionWire {
  write(session: Session): unknown;
  /** The session as a module on this node sees it; undefined for what is none. */
  read(wire: unknown): Session | undefined;
}
