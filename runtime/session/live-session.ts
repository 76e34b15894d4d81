import { RpcError } from "../error/rpc-error.js";
import type { Session } from "./session.js";
import type { SessionClient } from "./session-client.js";
import { withCodec } from "./session-data.js";
import type { SessionRegistry } from "./session-registry.js";

const noGroups: ReadonlySet<string> = new Set();

/** A session on the node that holds it, so that what it tells is always current. */
export class LiveSession<Client extends SessionClient = SessionClient> implements Session {
  readonly id: string;
  readonly client: Client;
  readonly #registry: SessionRegistry<Client>;
  /** A session in no group has not even an empty set, which takes 180 bytes. */
  #groups: Set<string> | undefined = undefined;
  #userId: string | undefined;
  #data: unknown = undefined;

  /** Use `SessionRegistry.open`. */
  constructor(id: string, client: Client, registry: SessionRegistry<Client>) {
    this.id = id;
    this.client = client;
    this.#registry = registry;
  }

  get userId(): string | undefined {
    return this.#userId;
  }

  get groups(): ReadonlySet<string> {
    return this.#groups ?? noGroups;
  }

  get data(): unknown {
    return this.#data;
  }

  async bind(userId: string): Promise<void> {
    this.#requireOpen();
    if (userId !== this.#userId) this.#leaveUser();
    this.#userId = userId;
    try {
      await this.#registry.enter("user", userId, this);
      // Meanwhile it may have ended, or been bound to another.
      this.#requireOpen();
      if (this.#userId === userId) await this.#registry.claim(this, userId);
    } catch (error) {
      if (this.#userId === userId) this.#leaveUser();
      throw error;
    }
  }

  async unbind(): Promise<void> {
    this.#leaveUser();
  }

  async join(group: string): Promise<void> {
    this.#requireOpen();
    const limit = this.#registry.groupsPerSession;
    this.#groups ??= new Set();
    if (!this.#groups.has(group) && this.#groups.size >= limit) {
      throw new RpcError("resource-exhausted", `A session is in at most ${limit} groups`);
    }
    this.#groups.add(group);
    try {
      // Also where it is in the group already: whoever added it may still be waiting for this.
      await this.#registry.enter("group", group, this);
    } catch (error) {
      this.#leaveGroup(group);
      throw error;
    }
  }

  async leave(group: string): Promise<void> {
    this.#leaveGroup(group);
  }

  async setData(data: unknown): Promise<void> {
    this.#requireOpen();
    this.#data = withCodec(() => this.#registry.data.copy(data));
  }

  async close(reason?: string): Promise<void> {
    this.client.close(reason);
  }

  // A handler may still run for a session that has ended. What it added then would never be taken away.
  #requireOpen(): void {
    if (!this.#registry.has(this)) throw new RpcError("unavailable", "The session has ended");
  }

  #leaveUser(): void {
    if (this.#userId === undefined) return;
    this.#registry.exit("user", this.#userId, this);
    this.#userId = undefined;
  }

  #leaveGroup(group: string): void {
    if (this.#groups?.delete(group)) this.#registry.exit("group", group, this);
  }
}
