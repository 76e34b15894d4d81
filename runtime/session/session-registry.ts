import type { Codec } from "../codec/codec.js";
import type { NodeId } from "../transport/transport.js";
import { LiveSession, type SessionConnection } from "./live-session.js";
import type { Audience } from "./push-sink.js";
import { anyData } from "./session-data.js";
import { createSessionId } from "./session-id.js";
import { type SessionTopics, topicOf } from "./session-topics.js";
import { SetIndex } from "./set-index.js";

/** What the sessions of a gateway need to know. */
export interface SessionRegistryOptions {
  readonly groupsPerSession: number;
  /** The gateway's node; undefined where there is no other. */
  readonly node?: NodeId | undefined;
  /** Where pushes of other nodes come in; undefined where there are none. */
  readonly topics?: SessionTopics | undefined;
  /** The type of the sessions' data; default: anything that can travel. */
  readonly data?: Codec | undefined;
}

/** The sessions of one gateway, and who and where they are. */
export class SessionRegistry<Connection extends SessionConnection> {
  readonly groupsPerSession: number;
  readonly data: Codec;
  readonly #node: NodeId | undefined;
  readonly #topics: SessionTopics | undefined;
  readonly #user = new SetIndex<LiveSession<Connection>>();
  readonly #group = new SetIndex<LiveSession<Connection>>();
  readonly #sessions = new Map<string, LiveSession<Connection>>();

  constructor({ groupsPerSession, node, topics, data = anyData }: SessionRegistryOptions) {
    this.groupsPerSession = groupsPerSession;
    this.data = data;
    this.#node = node;
    this.#topics = topics;
  }

  get size(): number {
    return this.#sessions.size;
  }

  has(session: LiveSession<Connection>): boolean {
    return this.#sessions.has(session.id);
  }

  find(id: string): LiveSession<Connection> | undefined {
    return this.#sessions.get(id);
  }

  open(connection: Connection): LiveSession<Connection> {
    const session = new LiveSession(createSessionId(this.#node), connection, this);
    this.#sessions.set(session.id, session);
    return session;
  }

  /**
   * Takes the session out of all audiences. It still tells its user and its groups, so that modules can
   * clean up behind it.
   */
  end(session: LiveSession<Connection>): void {
    this.#sessions.delete(session.id);
    if (session.userId !== undefined) this.exit("user", session.userId, session);
    for (const group of session.groups) this.exit("group", group, session);
  }

  /** Makes the session a member of an audience. Resolves once the pushes of all nodes to it come here. */
  async enter(kind: "user" | "group", id: string, session: LiveSession<Connection>): Promise<void> {
    this.#index(kind).add(id, session);
    await this.#topics?.hold(topicOf({ kind, id }));
  }

  exit(kind: "user" | "group", id: string, session: LiveSession<Connection>): void {
    if (this.#index(kind).delete(id, session)) this.#topics?.release(topicOf({ kind, id }));
  }

  /** The sessions that a push goes to. */
  members(audience: Audience): Iterable<LiveSession<Connection>> {
    switch (audience.kind) {
      case "session": {
        const session = this.#sessions.get(audience.id);
        return session === undefined ? [] : [session];
      }
      case "user":
      case "group":
        return this.#index(audience.kind).get(audience.id);
      case "all":
        return this.#sessions.values();
    }
  }

  #index(kind: "user" | "group"): SetIndex<LiveSession<Connection>> {
    return kind === "user" ? this.#user : this.#group;
  }
}
