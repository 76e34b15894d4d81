import { randomBytes } from "node:crypto";
import { LiveSession, type SessionConnection } from "./live-session.js";
import type { Audience } from "./push-sink.js";
import { SetIndex } from "./set-index.js";

/** The sessions of one gateway, and who and where they are. */
export class SessionRegistry<Connection extends SessionConnection> {
  readonly groupsPerSession: number;
  readonly users = new SetIndex<LiveSession<Connection>>();
  readonly groups = new SetIndex<LiveSession<Connection>>();
  readonly #sessions = new Map<string, LiveSession<Connection>>();

  constructor(groupsPerSession: number) {
    this.groupsPerSession = groupsPerSession;
  }

  get size(): number {
    return this.#sessions.size;
  }

  has(session: LiveSession<Connection>): boolean {
    return this.#sessions.has(session.id);
  }

  open(connection: Connection): LiveSession<Connection> {
    // 128 random bits: unique without anybody to ask, also among several gateways.
    const session = new LiveSession(randomBytes(16).toString("base64url"), connection, this);
    this.#sessions.set(session.id, session);
    return session;
  }

  /**
   * Takes the session out of all audiences. It still tells its user and its groups, so that modules can
   * clean up behind it.
   */
  end(session: LiveSession<Connection>): void {
    this.#sessions.delete(session.id);
    if (session.userId !== undefined) this.users.delete(session.userId, session);
    for (const group of session.groups) this.groups.delete(group, session);
  }

  /** The sessions that a push goes to. */
  members(audience: Audience): Iterable<LiveSession<Connection>> {
    switch (audience.kind) {
      case "session": {
        const session = this.#sessions.get(audience.id);
        return session === undefined ? [] : [session];
      }
      case "user":
        return this.users.get(audience.id);
      case "group":
        return this.groups.get(audience.id);
      case "all":
        return this.#sessions.values();
    }
  }
}
