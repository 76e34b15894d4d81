import type { Codec } from "../codec/codec.js";
import type { NodeId } from "../transport/transport.js";
import { LiveSession } from "./live-session.js";
import type { Audience } from "./push-sink.js";
import type { SessionClient } from "./session-client.js";
import { anyData } from "./session-data.js";
import { createSessionId } from "./session-id.js";
import { type SessionTopics, topicOf } from "./session-topics.js";
import { SetIndex } from "./set-index.js";

/** What the sessions of a gateway need to know. */
export interface SessionRegistryOptions<Client extends SessionClient> {
  readonly groupsPerSession: number;
  /** The gateway's node; undefined where there is no other. */
  readonly node?: NodeId | undefined;
  /** Where pushes of other nodes come in; undefined where there are none. */
  readonly topics?: SessionTopics | undefined;
  /** Lets a session have a user, or rejects; default: any may. Called once pushes to the user come here. */
  readonly claim?: ((session: LiveSession<Client>, userId: string) => Promise<void>) | undefined;
  /** The type of the sessions' data; default: anything that can travel. */
  readonly data?: Codec | undefined;
}

/** The sessions of one gateway, and who and where they are. */
export class SessionRegistry<Client extends SessionClient> {
  readonly groupsPerSession: number;
  readonly data: Codec;
  readonly node: NodeId | undefined;
  readonly #topics: SessionTopics | undefined;
  readonly #claim: SessionRegistryOptions<Client>["claim"];
  readonly #user = new SetIndex<LiveSession<Client>>();
  readonly #group = new SetIndex<LiveSession<Client>>();
  readonly #sessions = new Map<string, LiveSession<Client>>();

  constructor({ groupsPerSession, node, topics, claim, data = anyData }: SessionRegistryOptions<Client>) {
    this.groupsPerSession = groupsPerSession;
    this.data = data;
    this.node = node;
    this.#topics = topics;
    this.#claim = claim;
  }

  get size(): number {
    return this.#sessions.size;
  }

  has(session: LiveSession<Client>): boolean {
    return this.#sessions.has(session.id);
  }

  find(id: string): LiveSession<Client> | undefined {
    return this.#sessions.get(id);
  }

  open(client: Client): LiveSession<Client> {
    const session = new LiveSession(createSessionId(this.node), client, this);
    this.#sessions.set(session.id, session);
    return session;
  }

  /**
   * Takes the session out of all audiences. It still tells its user and its groups, so that modules can
   * clean up behind it.
   */
  end(session: LiveSession<Client>): void {
    this.#sessions.delete(session.id);
    if (session.userId !== undefined) this.exit("user", session.userId, session);
    for (const group of session.groups) this.exit("group", group, session);
  }

  /** Makes the session a member of an audience. Resolves once the pushes of all nodes to it come here. */
  async enter(kind: "user" | "group", id: string, session: LiveSession<Client>): Promise<void> {
    this.#index(kind).add(id, session);
    await this.#topics?.hold(topicOf({ kind, id }));
  }

  /** Lets the session have the user. Rejects where it must not. */
  async claim(session: LiveSession<Client>, userId: string): Promise<void> {
    await this.#claim?.(session, userId);
  }

  exit(kind: "user" | "group", id: string, session: LiveSession<Client>): void {
    if (this.#index(kind).delete(id, session)) this.#topics?.release(topicOf({ kind, id }));
  }

  /** The sessions that a push goes to. */
  members(audience: Audience): Iterable<LiveSession<Client>> {
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

  #index(kind: "user" | "group"): SetIndex<LiveSession<Client>> {
    return kind === "user" ? this.#user : this.#group;
  }
}
